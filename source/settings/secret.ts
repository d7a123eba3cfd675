import {UsageError} from '../errors.js';

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret itself, or the name of the environment variable that holds it. */
export type Secret = string | {readonly env: string};

/**
 * The secret itself.
 * @param where what the user calls it
 * @throws UsageError where the environment variable is not set
 */
export const revealed = (secret: Secret, where: string, env: Environment): string => {
	if (typeof secret === 'string') {
		return secret;
	}
	const value = env[secret.env]?.trim();
	if (!value) {
		throw new UsageError(`${where}: the environment variable ${secret.env} is not set.`);
	}
	return value;
};

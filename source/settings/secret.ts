import {UsageError} from '../errors.js';

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A secret, or the name of an environment variable that contains it. */
export type Secret = string | {readonly env: string};

/**
 * Resolves a secret.
 * @param where names the setting in error messages
 * @throws UsageError if the environment variable is not set
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

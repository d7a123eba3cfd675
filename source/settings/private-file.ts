import {UsageError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';
import type {ChannelSettings} from './channel-schema.js';
import type {Secret} from './secret.js';

const holdsPassword = (address: string): boolean => URL.canParse(address) && new URL(address).password !== '';

/**
 * True if a secret is in the file itself rather than in the environment. Commands count, since they may contain secrets
 * and are executed.
 */
const isLiteral = (secret: Secret | undefined): boolean => typeof secret === 'string';

const holdsSecret = (channel: ChannelSettings): boolean => {
	switch (channel.type) {
		case 'slack':
			return isLiteral(channel.url);
		case 'webhook':
			return isLiteral(channel.url) || isLiteral(channel.secret);
		case 'email':
			return (typeof channel.url === 'string' && holdsPassword(channel.url)) || isLiteral(channel.password);
		case 'command':
			return isLiteral(channel.command);
		case 'glitchtip':
			return isLiteral(channel.dsn);
	}
};

/** A path quoted for a shell. */
const quoted = (path: string): string => (/^[\w./~+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/**
 * Refuses a config file that contains secrets and that other users can read or write.
 * @param mode of the file @param others secrets other than those of the channels
 * @throws UsageError that says how to fix it
 */
export const refuseOpenSecrets = (
	path: string,
	mode: number,
	channels: readonly ChannelSettings[],
	others: readonly (Secret | undefined)[] = [],
): void => {
	if ((mode & 0o077) !== 0 && (channels.some(holdsSecret) || others.some(isLiteral))) {
		throw new UsageError(
			`${sanitize(path)} holds a secret, and others may read it. Run: chmod 600 ${sanitize(quoted(path))}`,
		);
	}
};

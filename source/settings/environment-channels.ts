import {UsageError} from '../errors.js';
import type {ChannelSettings} from './channel-schema.js';
import type {Environment} from './secret.js';

/** Splits addresses separated by commas. */
const addresses = (text: string): readonly string[] =>
	text
		.split(',')
		.map(address => address.trim())
		.filter(address => address !== '');

/**
 * The channels that environment variables define, for cron jobs without a config file.
 * @throws UsageError if mail has a server but no receiver, or the other way round
 */
export const channelsFromEnvironment = (env: Environment): readonly ChannelSettings[] => {
	const value = (name: string) => env[name]?.trim() || undefined;
	const slack = value('HITRATE_SLACK_WEBHOOK');
	const webhook = value('HITRATE_WEBHOOK_URL');
	const command = value('HITRATE_ALERT_COMMAND');
	const dsn = value('HITRATE_GLITCHTIP_DSN');
	return [
		...(slack ? [{type: 'slack', url: slack} as const] : []),
		...(webhook ? [{type: 'webhook', url: webhook, secret: value('HITRATE_WEBHOOK_SECRET')} as const] : []),
		...emailFromEnvironment(value),
		...(command ? [{type: 'command', command} as const] : []),
		...(dsn ? [{type: 'glitchtip', dsn} as const] : []),
	];
};

const emailFromEnvironment = (value: (name: string) => string | undefined): readonly ChannelSettings[] => {
	const url = value('HITRATE_SMTP_URL');
	const to = addresses(value('HITRATE_MAIL_TO') ?? '');
	if (!url && to.length === 0) {
		return [];
	}
	if (!url) {
		throw new UsageError('HITRATE_MAIL_TO is set, but HITRATE_SMTP_URL is not: name the server that sends the mail.');
	}
	if (to.length === 0) {
		throw new UsageError('HITRATE_SMTP_URL is set, but HITRATE_MAIL_TO is not: who gets the mail?');
	}
	return [{type: 'email', url, to: [...to], from: value('HITRATE_MAIL_FROM')}];
};

import {UsageError} from '../../errors.js';
import type {ChannelSettings} from '../../settings/channel-schema.js';
import {channelsFromEnvironment} from '../../settings/environment-channels.js';
import {type Environment, revealed} from '../../settings/secret.js';
import type {Channel} from '../alert.js';
import {commandChannel} from './command.js';
import {emailChannel} from './email.js';
import {glitchtipChannel} from './glitchtip.js';
import {slackChannel} from './slack.js';
import {webhookChannel} from './webhook.js';

/** A channel's name: the user's own, else its type. */
const channelName = ({name, type}: Pick<ChannelSettings, 'name' | 'type'>): string => name ?? type;

const channelOf = (settings: ChannelSettings, env: Environment): Channel => {
	const name = channelName(settings);
	switch (settings.type) {
		case 'slack':
			return slackChannel(name, revealed(settings.url, `${name}, url`, env));
		case 'webhook': {
			const {url, secret, allowHttp} = settings;
			return webhookChannel(name, {
				url: revealed(url, `${name}, url`, env),
				secret: secret === undefined ? undefined : revealed(secret, `${name}, secret`, env),
				allowHttp,
			});
		}
		case 'email': {
			const {url, user, password, to, from} = settings;
			return emailChannel(name, {
				url: revealed(url, `${name}, url`, env),
				user,
				password: password === undefined ? undefined : revealed(password, `${name}, password`, env),
				to,
				from,
			});
		}
		case 'command':
			return commandChannel(name, revealed(settings.command, `${name}, command`, env));
		case 'glitchtip':
			return glitchtipChannel(name, revealed(settings.dsn, `${name}, dsn`, env));
	}
};

/**
 * Opens the channels of the config file and of the environment. A channel of the environment replaces one of the same
 * name in the file.
 * @throws UsageError if a channel cannot work: its address is not valid, or its variable is not set
 */
export const openChannels = (
	settings: {readonly channels?: readonly ChannelSettings[] | undefined} | undefined,
	env: Environment,
): readonly Channel[] => {
	const named = new Map<string, ChannelSettings>();
	for (const channel of [...(settings?.channels ?? []), ...channelsFromEnvironment(env)]) {
		named.set(channelName(channel), channel);
	}
	return [...named.values()].map(channel => {
		try {
			return channelOf(channel, env);
		} catch (error) {
			throw error instanceof UsageError ? new UsageError(`Alert channel ${error.message}`) : error;
		}
	});
};

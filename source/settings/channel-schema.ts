import * as v from 'valibot';
import {exact, flag, secret, text} from './shapes.js';

/** A channel's name, which is shown in messages and saved in files, so it must not contain the address. */
const name = v.optional(v.pipe(text, v.regex(/^[\w .-]{1,40}$/, 'expected a short name of letters and digits.')));

const address = v.pipe(text, v.regex(/^[^\r\n@]+@[^\s@]+$/, 'expected a mail address.'));

const channels = [
	exact({type: v.literal('slack'), name, url: secret}),
	exact({
		type: v.literal('webhook'),
		name,
		url: secret,
		secret: v.optional(secret),
		allowHttp: v.optional(flag),
	}),
	exact({
		type: v.literal('email'),
		name,
		url: secret,
		user: v.optional(text),
		password: v.optional(secret),
		to: v.pipe(v.array(address, 'expected a list of mail addresses: ["…"].'), v.minLength(1, 'this is empty.')),
		from: v.optional(address),
	}),
	exact({type: v.literal('command'), name, command: secret}),
	exact({type: v.literal('glitchtip'), name, dsn: secret}),
] as const;

/** An alert channel. */
export const channel = v.variant('type', channels, issue =>
	issue.path?.at(-1)?.key === 'type'
		? `expected one of ${channels.map(({entries}) => entries.type.literal).join(', ')}.`
		: 'expected an object: {"type": …}.',
);

/** A valid alert channel of the config file; its secrets may still be names of environment variables. */
export type ChannelSettings = v.InferOutput<typeof channel>;

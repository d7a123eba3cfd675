import process from 'node:process';
import type {Log} from '../log.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import {parseAddress, tokenVariable} from './address.js';
import {type GlitchTipOptions, GlitchTipSource} from './glitchtip-source.js';

/** What a GlitchTip source needs besides its address. */
export type OpenOptions = Omit<GlitchTipOptions, 'resume'> & {
	/** Environment with the token; that of the process by default. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Returns the saved cursor of a log. */
	readonly resume?: ((log: Log) => RemoteCursor | undefined) | undefined;
};

/** The source for an argument such as `glitchtip+https://host/organization/project`. Throws a `UsageError`. */
export const glitchtipSource = (
	text: string,
	{env = process.env, resume, ...options}: OpenOptions = {},
): GlitchTipSource => {
	const address = parseAddress(text);
	const log: Log = {id: address.name, name: address.name};
	return new GlitchTipSource(address, env[tokenVariable], {...options, resume: resume?.(log)});
};

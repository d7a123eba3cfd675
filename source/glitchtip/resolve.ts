import process from 'node:process';
import type {Log} from '../log.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import {parseAddress, tokenVariable} from './address.js';
import {type GlitchTipOptions, GlitchTipSource} from './glitchtip-source.js';

/** What a GlitchTip source needs beside its address. */
export type OpenOptions = Omit<GlitchTipOptions, 'resume'> & {
	/** Holds the token; that of the process unless given. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Where an earlier reading of a log ended. */
	readonly resume?: ((log: Log) => RemoteCursor | undefined) | undefined;
};

/** The source that an argument like `glitchtip+https://host/organization/project` names. Throws a `UsageError`. */
export const glitchtipSource = (
	text: string,
	{env = process.env, resume, ...options}: OpenOptions = {},
): GlitchTipSource => {
	const address = parseAddress(text);
	const log: Log = {id: address.name, name: address.name};
	return new GlitchTipSource(address, env[tokenVariable], {...options, resume: resume?.(log)});
};

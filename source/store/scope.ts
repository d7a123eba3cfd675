import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {dataFolder} from '../system/data-folder.js';

/** Identifies a store on disk: the sources that were named, and everything that changes how they are read. */
export type Scope = {
	/** Ids of logs, roots of folders, commands; in any order. */
	readonly sources: readonly string[];
	/** Options by name, as given: format, time zone of the log… Undefined is the same as missing. */
	readonly readAs: Readonly<Record<string, string | undefined>>;
};

/** Name of a scope's file. Each scope has its own, because a report depends only on the sources that were named. */
export const storeFileName = ({sources, readAs}: Scope): string => {
	const options = Object.entries(readAs)
		.filter(([, value]) => value !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	const identity = JSON.stringify([[...new Set(sources)].sort(), options]);
	return `${createHash('sha256').update(identity).digest('hex').slice(0, 24)}${storeEnding}`;
};

/** For logged times without a zone. */
const defaultLogZone = 'UTC';

const flagOf: Readonly<Record<string, string>> = {
	format: '--format',
	pattern: '--pattern',
	logZone: '--log-tz',
	promptTokens: '--prompt-tokens',
};

/**
 * What distinguishes a scope from others with the same sources, as typed: `--format litellm, own prices`; empty for the
 * default.
 */
export const readAsWords = ({readAs}: Scope, userPrices: string | undefined): string =>
	[
		...Object.entries(readAs).flatMap(([name, value]) =>
			value === undefined || (name === 'logZone' && value === defaultLogZone)
				? []
				: [`${flagOf[name] ?? name} ${value}`],
		),
		...(userPrices === undefined ? [] : ['own prices']),
	].join(', ');

/** Extension of store files. */
export const storeEnding = '.db';

/** Path of a scope's file. @param userPrices identifies the user's own prices; undefined if there are none */
export const storePath = (scope: Scope, userPrices: string | undefined): string =>
	join(
		dataFolder(),
		storeFileName(userPrices === undefined ? scope : {...scope, readAs: {...scope.readAs, prices: userPrices}}),
	);

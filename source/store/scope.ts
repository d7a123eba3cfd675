import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {dataFolder} from '../system/data-folder.js';

/** What a store on disk answers for: the sources that were named, and whatever changes how they are read. */
export type Scope = {
	/** Ids of logs, roots of folders, commands. Their order does not matter. */
	readonly sources: readonly string[];
	/** Options by name, as given: format, time zone of the log… Undefined is as good as left out. */
	readonly readAs: Readonly<Record<string, string | undefined>>;
};

/** Name of the file that keeps a scope. Each has its own: what a report says depends on the sources named alone. */
export const storeFileName = ({sources, readAs}: Scope): string => {
	const options = Object.entries(readAs)
		.filter(([, value]) => value !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	const identity = JSON.stringify([[...new Set(sources)].sort(), options]);
	return `${createHash('sha256').update(identity).digest('hex').slice(0, 24)}${storeEnding}`;
};

/** Of log times without a zone. */
const defaultLogZone = 'UTC';

const flagOf: Readonly<Record<string, string>> = {
	format: '--format',
	pattern: '--pattern',
	logZone: '--log-tz',
	promptTokens: '--prompt-tokens',
};

/** What tells a scope from others of the same sources, as it is typed: `--format litellm, own prices`; empty for the usual one. */
export const readAsWords = ({readAs}: Scope, userPrices: string | undefined): string =>
	[
		...Object.entries(readAs).flatMap(([name, value]) =>
			value === undefined || (name === 'logZone' && value === defaultLogZone)
				? []
				: [`${flagOf[name] ?? name} ${value}`],
		),
		...(userPrices === undefined ? [] : ['own prices']),
	].join(', ');

/** How the names of store files end. */
export const storeEnding = '.db';

/** The file that keeps a scope. @param userPrices tells the prices that the user set; undefined where there are none */
export const storePath = (scope: Scope, userPrices: string | undefined): string =>
	join(
		dataFolder(),
		storeFileName(userPrices === undefined ? scope : {...scope, readAs: {...scope.readAs, prices: userPrices}}),
	);

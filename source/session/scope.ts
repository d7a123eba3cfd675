import {rootsOf} from '../sources/roots.js';
import type {Scope} from '../store/scope.js';
import type {Options} from './options.js';
import {isServer, serverName} from './server-names.js';

/** Identifies a store: its sources, and how they are read; undefined if nothing is to be saved, or cannot be. */
export const scopeOf = ({
	keep,
	demo: simulated,
	sources,
	exec,
	format,
	pattern,
	logZone,
	promptTokens,
}: Pick<Options, 'keep' | 'demo' | 'sources' | 'exec' | 'format' | 'pattern' | 'logZone' | 'promptTokens'>):
	| Scope
	| undefined => {
	const roots = keep && !simulated ? allRootsOf(sources, exec) : undefined;
	return roots && roots.length > 0 ? {sources: roots, readAs: {format, pattern, logZone, promptTokens}} : undefined;
};

/**
 * The normalised sources of a command line, equal for every spelling; undefined for pipes, which cannot be read again.
 */
export const allRootsOf = (sources: readonly string[], exec: readonly string[]): readonly string[] | undefined => {
	const addresses = sources.filter(isServer).map(serverName);
	const paths = sources.filter(source => !isServer(source));
	const roots = paths.length > 0 || exec.length > 0 || addresses.length === 0 ? rootsOf(paths, exec) : [];
	return roots && [...roots, ...addresses];
};

/** Identifies the user's own prices; undefined if there are none. */
export const userPricesOf = ({prices, planModel}: Pick<Options, 'prices' | 'planModel'>): string | undefined =>
	prices.size === 0 && planModel === undefined
		? undefined
		: JSON.stringify([[...prices].sort(([one], [other]) => (one < other ? -1 : 1)), planModel ?? null]);

import {resolve} from 'node:path';
import {homeFolder} from '../system/home.js';
import {placesOf, systemOf} from './agents/find-places.js';
import {realPathOf} from './real-path.js';
import {defaultPaths} from './resolve.js';
import {statsAt} from './set/transcripts/tree-listing.js';

export type RootsOptions = {
	readonly cwd?: string;
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly home?: string;
};

/**
 * What a command line reads, by which it is known again however it is written: paths without links, patterns, commands.
 * Undefined where it names what cannot be read a second time: standard input, a pipe.
 */
export const rootsOf = (
	names: readonly string[],
	exec: readonly string[],
	{cwd = process.cwd(), env = process.env, home = homeFolder(env)}: RootsOptions = {},
): readonly string[] | undefined => {
	const isDefault = names.length === 0 && exec.length === 0;
	const paths = isDefault ? defaultRoots(cwd, env, home) : names.map(name => resolve(cwd, name));
	const passing = paths.some(path => {
		const stats = statsAt(path);
		return stats !== undefined && !stats.isFile() && !stats.isDirectory();
	});
	return passing || names.includes('-')
		? undefined
		: [...paths.map(realPathOf), ...exec.map(command => `exec:${command}`)];
};

const defaultRoots = (
	cwd: string,
	env: Readonly<Record<string, string | undefined>>,
	home: string,
): readonly string[] => {
	const logs = defaultPaths.map(path => resolve(cwd, path)).filter(path => statsAt(path));
	return logs.length > 0
		? logs
		: placesOf({env, home, systems: [systemOf(process.platform)]})
				.map(({path}) => path)
				.filter(path => statsAt(path));
};

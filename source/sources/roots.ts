import {resolve} from 'node:path';
import {statsAt} from '../system/stats-at.js';

/** Default paths of logs, relative to the current folder. */
export const defaultPaths = [
	'logs/worker.log',
	'logs/backend.log',
	'backend/logs/worker.log',
	'backend/logs/backend.log',
] as const;

/** Stands for the transcripts of all agents on this machine. */
export const agentsRoot = 'agents';

/**
 * What a command line names, as the key of its store: absolute paths as named, with links not followed because they may
 * move; globs; commands. If nothing is named, a single key for the default paths or the agents. Undefined if something
 * cannot be read a second time: standard input, a pipe.
 */
export const rootsOf = (
	names: readonly string[],
	exec: readonly string[],
	cwd: string = process.cwd(),
): readonly string[] | undefined => {
	const paths = names.map(name => resolve(cwd, name));
	const passing = paths.some(path => {
		const stats = statsAt(path);
		return stats !== undefined && !stats.isFile() && !stats.isDirectory();
	});
	if (passing || names.includes('-')) {
		return undefined;
	}
	if (names.length > 0 || exec.length > 0) {
		return [...paths, ...exec.map(command => `exec:${command}`)];
	}
	const logs = defaultPaths.map(path => resolve(cwd, path)).filter(path => statsAt(path));
	return logs.length > 0 ? logs : [agentsRoot];
};

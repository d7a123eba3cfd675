import {resolve} from 'node:path';
import {statsAt} from '../system/stats-at.js';

/** Where logs are looked for when none is named, relative to the current folder. */
export const defaultPaths = [
	'logs/worker.log',
	'logs/backend.log',
	'backend/logs/worker.log',
	'backend/logs/backend.log',
] as const;

/** Stands for the transcripts of the agents on this machine, whichever are installed. */
export const agentsRoot = 'agents';

/**
 * What a command line names, by which what is kept of it is found again: absolute paths as they were named, links not
 * followed, for they move and their targets go; patterns; commands. Where nothing is named it is the logs that are looked
 * for in the current folder, or else the agents, as one. Undefined where it names what cannot be read a second time:
 * standard input, a pipe.
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

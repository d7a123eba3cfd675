import {type ChildProcess, type SpawnOptions, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import {buildSync} from 'esbuild';
import type {Finish} from './homes.js';
import type {WriterOptions} from './writer.js';

/** Whether a program is on this machine. Says so where it is not: what is skipped silently is not missed. */
export const isInstalled = (program: string, ...args: readonly string[]): boolean => {
	const found = spawnSync(program, args).error === undefined;
	if (!found) {
		console.warn(`SKIPPED: what needs ${program}, which is not installed.`);
	}
	return found;
};

/** A process that does not outlive the test. */
export const start = (
	finish: Finish,
	command: string,
	args: readonly string[],
	options: SpawnOptions = {},
): ChildProcess => {
	const child = spawn(command, args, options);
	finish(() => {
		child.kill('SIGKILL');
	});
	return child;
};

/** Resolves when the process has ended; throws where it failed. */
export const success = async (child: ChildProcess): Promise<void> => {
	if (child.exitCode === null && child.signalCode === null) {
		await once(child, 'exit');
	}
	if (child.exitCode !== 0) {
		throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode ?? child.signalCode}`);
	}
};

/** Bundles the writer into the folder, and returns what starts it. */
export const writerIn = (
	finish: Finish,
	folder: string,
): ((options: WriterOptions, more?: SpawnOptions) => ChildProcess) => {
	const outfile = join(folder, 'writer.mjs');
	buildSync({
		entryPoints: [join(import.meta.dirname, 'writer.ts')],
		bundle: true,
		format: 'esm',
		platform: 'node',
		outfile,
	});
	return (options, more = {stdio: 'inherit'}) =>
		start(finish, process.execPath, [outfile, JSON.stringify(options)], more);
};

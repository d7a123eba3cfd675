import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {build} from 'esbuild';
import type {OnTestFinishedHandler} from 'vitest';

/** Bundles the process that serves, as one file beside the packages that it loads. */
export const bundleServing = async (folder: string): Promise<string> => {
	const program = join(folder, 'program');
	mkdirSync(program);
	symlinkSync(join(import.meta.dirname, '../../node_modules'), join(program, 'node_modules'));
	const outfile = join(program, 'serving-process.mjs');
	await build({
		entryPoints: [join(import.meta.dirname, 'serving-process.ts')],
		bundle: true,
		format: 'esm',
		platform: 'node',
		outfile,
		external: ['libsql', 'luxon', 'chrono-node', '@pydantic/genai-prices', 'prom-client'],
		banner: {
			js: "import {createRequire as requireForBundle} from 'node:module'; const require = requireForBundle(import.meta.url);",
		},
	});
	return outfile;
};

/** A process that serves. */
export type Child = {
	readonly process: ChildProcess;
	/** What it has said so far, line by line. */
	readonly lines: readonly string[];
	/** Resolves with the first line that holds these words; rejects when it ends without. */
	said(words: string): Promise<string>;
	/** Where it listens. */
	url(): Promise<string>;
	/** Resolves with its exit code, or the signal that ended it. */
	ended(): Promise<number | string>;
};

/**
 * Starts it with nothing of this process's environment.
 * @param finish cleans up at the end of the test
 */
export const startChild = (
	finish: (end: OnTestFinishedHandler) => void,
	program: string,
	args: readonly string[],
	env: Readonly<Record<string, string>>,
): Child => {
	const child = spawn(process.execPath, [program, ...args], {env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe']});
	const exit = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
	finish(() => {
		child.kill('SIGKILL');
	});
	const lines: string[] = [];
	const waiting = new Set<() => void>();
	const reader = createInterface({input: child.stderr as NodeJS.ReadableStream});
	reader.on('line', line => {
		lines.push(line);
		for (const look of waiting) {
			look();
		}
	});
	const said = (words: string): Promise<string> =>
		new Promise((resolve, reject) => {
			const look = () => {
				const line = lines.find(text => text.includes(words));
				if (line !== undefined) {
					waiting.delete(look);
					resolve(line);
				}
			};
			waiting.add(look);
			reader.once('close', () => reject(new Error(`ended without "${words}": ${lines.join('\n')}`)));
			look();
		});
	return {
		process: child,
		lines,
		said,
		url: async () => (await said('listening on ')).split('listening on ')[1] as string,
		ended: () => exit,
	};
};

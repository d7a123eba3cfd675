import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

export const cliPath = join(import.meta.dirname, '../../dist/cli.js');

export type Ran = {readonly stdout: string; readonly stderr: string; readonly code: number | null};

/** What the program keeps of the logs of the tests; gone with them. */
const data = mkdtempSync(join(tmpdir(), 'hitrate-data-'));
process.on('exit', () => rmSync(data, {recursive: true, force: true}));

/** An environment like that of a login over SSH; `CI` would change what Ink does. */
export const environment = (more: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv => {
	const {CI, NO_COLOR, FORCE_COLOR, CLAUDE_CONFIG_DIR, CODEX_HOME, XDG_CONFIG_HOME, ...rest} = process.env;
	// No transcripts of whoever runs the tests.
	return {
		...rest,
		HOME: '/nonexistent',
		XDG_DATA_HOME: data,
		// Of test/support/build.ts.
		XDG_CACHE_HOME: process.env.HITRATE_TEST_CACHE,
		LANG: 'C.UTF-8',
		LC_ALL: 'C.UTF-8',
		TERM: 'xterm-256color',
		TZ: 'UTC',
		...more,
	};
};

/** Runs the bundled program with pipes instead of a terminal. */
export const run = (
	args: readonly string[],
	{cwd, input, env}: {cwd?: string; input?: string | Buffer; env?: Record<string, string | undefined>} = {},
): Promise<Ran> =>
	new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [cliPath, ...args], {cwd, env: environment(env)});
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		child.on('error', reject);
		child.on('close', code => resolve({stdout, stderr, code}));
		child.stdin.on('error', () => {});
		child.stdin.end(input);
	});

/** A folder of its own for one test, gone afterwards. */
export const withFolder = async (body: (folder: string) => Promise<void>): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-test-'));
	try {
		await body(folder);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};

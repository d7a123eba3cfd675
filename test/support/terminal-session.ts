import process from 'node:process';
import pty from '@lydell/node-pty';
import {expect} from 'vitest';
import {createModel, screenText} from '../terminal/fixtures/terminal-model.js';
import {cliPath, environment} from './program.js';
import {until} from './until.js';

/** The program in a real terminal. */
export type TerminalSession = {
	readonly screen: () => string;
	readonly type: (keys: string) => void;
	readonly resize: (columns: number, rows: number) => void;
	readonly kill: (signal: string) => void;
	/** Everything that the program sent. */
	readonly sent: () => string;
	readonly exitCode: () => number | undefined;
	readonly pid: number;
	/** Waits until the screen shows it. */
	readonly shows: (text: string | RegExp) => Promise<void>;
	/** Ends it, and waits for its end: told to a test thread which is no more, it would end the whole run. */
	readonly close: () => Promise<void>;
};

export const openTerminal = (
	args: readonly string[],
	{
		cwd,
		columns = 100,
		rows = 30,
		env,
		before,
	}: {
		cwd?: string;
		columns?: number;
		rows?: number;
		env?: Record<string, string>;
		/** A shell command whose output it reads. */
		before?: string;
	} = {},
): TerminalSession => {
	const [command, ...given] =
		before === undefined
			? [process.execPath, cliPath, ...args]
			: ['/bin/sh', '-c', `${before} | "$@"`, 'sh', process.execPath, cliPath, ...args];
	const child = pty.spawn(command, given, {
		cols: columns,
		rows,
		...(cwd === undefined ? {} : {cwd}),
		env: environment(env) as Record<string, string>,
	});
	const model = createModel(columns, rows);
	let sent = '';
	let exitCode: number | undefined;
	model.write('shell$ hitrate\r\n');
	child.onData(data => {
		sent += data;
		model.write(data);
	});
	child.onExit(event => {
		exitCode = event.exitCode;
	});
	const screen = () => screenText(model).join('\n');
	return {
		screen,
		type: keys => child.write(keys),
		resize: (wide, high) => {
			model.resize(wide, high);
			child.resize(wide, high);
		},
		kill: signal => child.kill(signal),
		sent: () => sent,
		exitCode: () => exitCode,
		pid: child.pid,
		shows: text => until(() => expect(screen()).toMatch(text)),
		close: async () => {
			if (exitCode === undefined) {
				child.kill('SIGKILL');
				await until(() => expect(exitCode).toBeDefined()).catch(() => undefined);
			}
			model.dispose();
		},
	};
};

import {readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {vi} from 'vitest';
import {openTerminal, type TerminalSession} from '../support/terminal-session.js';
import {type Finish, type Home, newFolder} from './homes.js';
import {type Figures, figuresOf} from './reports.js';

/** The live screen on a log, and what it knows. */
export type LiveScreen = TerminalSession & {
	/** Waits until the screen counts so many requests, but not for ever. */
	readonly counts: (requests: number) => Promise<void>;
	/** Writes a snapshot with a key, and reads it; `lines` is how many lines of logs were read, each time one was. */
	readonly snapshot: () => Promise<Figures & {readonly lines: number}>;
	/** Leaves with a key, and returns the exit code. */
	readonly quit: () => Promise<number | undefined>;
};

const patience = {timeout: 20_000, interval: 50};

export const openLive = (finish: Finish, log: string, {env}: Home): LiveScreen => {
	const exports = newFolder(finish);
	const session = openTerminal([basename(log), '--window', 'all', '--export-dir', exports], {cwd: dirname(log), env});
	finish(session.close);
	const counted = () => Number((/Requests +([\d,]+) /.exec(session.screen())?.[1] ?? '').replaceAll(',', ''));
	return {
		...session,
		counts: requests =>
			vi.waitFor(() => {
				if (counted() < requests) {
					throw new Error(`The screen counts ${counted()} requests instead of ${requests}:\n${session.screen()}`);
				}
			}, patience),
		snapshot: async () => {
			session.type('e');
			// The picture is written last.
			const name = await vi.waitFor(() => {
				const found = readdirSync(exports).find(file => file.endsWith('.svg'));
				if (found === undefined) {
					throw new Error(`There is no snapshot:\n${session.screen()}`);
				}
				return found.replace('.svg', '.json');
			}, patience);
			const json = readFileSync(join(exports, name), 'utf8');
			const lines = JSON.parse(json).logs.reduce((sum: number, found: {lines: number}) => sum + found.lines, 0);
			return {...figuresOf(json), lines};
		},
		quit: async () => {
			session.type('q');
			await vi.waitFor(() => {
				if (session.exitCode() === undefined) {
					throw new Error(`It goes on:\n${session.screen()}`);
				}
			}, patience);
			return session.exitCode();
		},
	};
};

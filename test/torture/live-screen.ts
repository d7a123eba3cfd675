import {readdirSync, readFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {openTerminal, type TerminalSession} from '../support/terminal-session.js';
import {until} from '../support/until.js';
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

export const openLive = (finish: Finish, log: string, {env}: Home): LiveScreen => {
	const exports = newFolder(finish);
	const session = openTerminal([basename(log), '--window', 'all', '--export-dir', exports], {cwd: dirname(log), env});
	finish(session.close);
	const counted = () => Number((/([\d,]+) requests?: /.exec(session.screen())?.[1] ?? '').replaceAll(',', ''));
	return {
		...session,
		counts: requests =>
			until(() => {
				if (counted() < requests) {
					throw new Error(`The screen counts ${counted()} requests instead of ${requests}:\n${session.screen()}`);
				}
			}),
		snapshot: async () => {
			session.type('e');
			// The picture is written last.
			const name = await until(() => {
				const found = readdirSync(exports).find(file => file.endsWith('.svg'));
				if (found === undefined) {
					throw new Error(`There is no snapshot:\n${session.screen()}`);
				}
				return found.replace('.svg', '.json');
			});
			const json = readFileSync(join(exports, name), 'utf8');
			const lines = JSON.parse(json).logs.reduce((sum: number, found: {lines: number}) => sum + found.lines, 0);
			return {...figuresOf(json), lines};
		},
		quit: async () => {
			session.type('q');
			await until(() => {
				if (session.exitCode() === undefined) {
					throw new Error(`It goes on:\n${session.screen()}`);
				}
			});
			return session.exitCode();
		},
	};
};

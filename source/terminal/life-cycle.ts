import {closeSync} from 'node:fs';
import process from 'node:process';
import {isatty} from 'node:tty';
import {stripVTControlCharacters} from 'node:util';
import type {FrameSink} from './frame-sink.js';
import type {Keyboard} from './keyboard.js';

type TerminalOptions = {
	readonly sink: FrameSink;
	readonly keyboard: Keyboard;
	/** Prefix of messages on stderr. */
	readonly name: string;
	/** Runs once before the process ends, after the terminal was restored; a failure does not prevent the exit. */
	readonly beforeExit?: (exitCode: number) => unknown;
	/** Milliseconds that `beforeExit` may take. */
	readonly beforeExitTimeout?: number;
	/** Formats an error that ends the process as one line. */
	readonly describeError?: (error: unknown) => string;
};

/** The terminal while the program uses it. */
export type TakenTerminal = {
	/** Returns the terminal to the shell until `fg` (Ctrl-Z). */
	readonly suspend: () => void;
	/** Restores the terminal, runs `beforeExit` and ends the process. Only the first call counts. */
	readonly exit: (exitCode?: number) => Promise<never>;
	/** Like `exit` with code 1, and with a message on stderr. */
	readonly fail: (error: unknown) => Promise<never>;
};

/** Signal numbers (POSIX, `kill`); a process ended by signal n exits with 128 + n. */
const endingSignals = {SIGHUP: 1, SIGINT: 2, SIGTERM: 15} as const;
const hangUpCode = 128 + endingSignals.SIGHUP;
/**
 * Milliseconds after which the screen returns if the process was not stopped: one in an orphaned process group, as with
 * `ssh -t host command`, cannot be.
 */
const notStoppedAfter = 250;

const firstLine = (error: unknown): string => {
	const text = error instanceof Error ? error.message || error.name : String(error);
	return stripVTControlCharacters(text.trim().split(/[\r\n]/)[0] ?? '').replaceAll(/\p{Control}/gu, ' ');
};

/**
 * Node resets the modes of its terminals when it exits and, before its change 58200, aborts if one has vanished
 * (https://github.com/nodejs/node/issues/51519). It ignores closed descriptors.
 */
const closeVanishedTerminals = (terminals: readonly number[]) => {
	for (const descriptor of terminals) {
		if (!isatty(descriptor)) {
			closeSync(descriptor);
		}
	}
};

const bounded = async (work: Promise<unknown>, timeout: number) => {
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise(resolve => {
		timer = setTimeout(resolve, timeout);
	});
	await Promise.race([work, deadline]);
	clearTimeout(timer);
};

/**
 * Enters the screen and ensures that it is left exactly once, whatever ends the process: a signal, an uncaught error, a
 * vanished terminal, or `exit`. Use once per process.
 */
export const takeTerminal = ({
	sink,
	keyboard,
	name,
	beforeExit = () => {},
	beforeExitTimeout = 1000,
	describeError = firstLine,
}: TerminalOptions): TakenTerminal => {
	const terminals = [0, 1, 2].filter(descriptor => isatty(descriptor));
	let ending: Promise<never> | undefined;
	let suspended = false;
	let fallback: NodeJS.Timeout | undefined;

	const leave = (done?: () => void) => {
		keyboard.pause();
		sink.leave(done);
	};

	const report = (error: unknown) => {
		process.stderr.write(`${name}: ${describeError(error)}\n`);
	};

	const end = async (exitCode: number): Promise<never> => {
		clearTimeout(fallback);
		const left = new Promise<void>(leave);
		const hook = async () => {
			try {
				await beforeExit(exitCode);
			} catch (error) {
				report(error);
			}
		};
		await bounded(Promise.all([left, hook()]), beforeExitTimeout);
		process.exit(exitCode);
	};

	const exit = (exitCode = 0): Promise<never> => {
		ending ??= end(exitCode);
		return ending;
	};

	const fail = (error: unknown): Promise<never> => {
		const ended = exit(1);
		report(error);
		return ended;
	};

	const resume = () => {
		clearTimeout(fallback);
		if (ending !== undefined) {
			return;
		}
		if (suspended) {
			suspended = false;
			process.on('SIGTSTP', suspend);
		} else {
			// Stopped by SIGSTOP, without a chance to leave the screen: the shell has changed the terminal's modes.
			leave();
		}
		// Set the mode first: in the background (`bg`) this stops the process again before it draws over the shell.
		keyboard.resume();
		sink.enter();
		sink.redraw();
		// Makes Node query the size, because changes while stopped were not reported.
		process.kill(process.pid, 'SIGWINCH');
	};

	const suspend = () => {
		if (ending !== undefined || suspended) {
			return;
		}
		suspended = true;
		leave();
		process.off('SIGTSTP', suspend);
		process.kill(0, 'SIGTSTP');
		// After a stop this timer is due at once, but SIGCONT is handled before the immediate.
		fallback = setTimeout(() => setImmediate(() => suspended && resume()), notStoppedAfter);
	};

	for (const [signal, number] of Object.entries(endingSignals)) {
		process.on(signal, () => exit(128 + number));
	}
	process.on('SIGTSTP', suspend);
	process.on('SIGCONT', resume);
	process.on('uncaughtException', fail);
	process.on('unhandledRejection', fail);
	process.on('exit', () => {
		leave();
		closeVanishedTerminals(terminals);
	});
	sink.on('gone', () => exit(hangUpCode));
	keyboard.on('gone', () => exit(hangUpCode));
	// If the terminal has vanished, the message about it cannot be written either.
	process.stderr.on('error', () => {});

	sink.enter();
	return {suspend, exit, fail};
};

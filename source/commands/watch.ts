import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {type Engine, startEngine} from '../engine/engine.js';
import type {Options} from '../session/options.js';

/** `hitrate`: the live screen, until a key or a signal ends the process. */
export const watch = async (options: Options): Promise<number> => {
	let onFail: (error: unknown) => void = error => {
		throw error;
	};
	const start = (demo: boolean): Promise<Engine> => startEngine({...options, demo}, error => onFail(error));
	// The screen is loaded while the engine starts in its thread.
	const [engine, screen] = await Promise.all([start(options.demo), import('./show.js')]);
	return screen.show({
		engine,
		input: keyboardInput(),
		start: options.demo || options.sources.includes('-') ? undefined : start,
		options,
		onFail: handler => {
			onFail = handler;
		},
	});
};

/** Keys come from the terminal itself where standard input carries a log. */
const keyboardInput = (): NodeJS.ReadStream => {
	if (process.stdin.isTTY) {
		return process.stdin;
	}
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return process.stdin;
	}
};

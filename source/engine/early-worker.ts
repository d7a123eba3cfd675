import {isatty} from 'node:tty';
import type {Worker} from 'node:worker_threads';
import {startThread} from '../system/start-thread.js';

let early: Worker | undefined;

/**
 * Starts the engine's worker before the command line is parsed: the screen waits for it, and a thread takes long to load.
 * It does not keep the process alive unless it is taken. Nothing is started where there is no terminal to show a screen.
 */
export const startEarlyWorker = (): void => {
	if (isatty(1)) {
		early = startThread({role: 'engine'});
		early.unref();
	}
};

/** A worker for the engine: the early one, once, else a new one. */
export const takeWorker = (): Worker => {
	const taken = early ?? startThread({role: 'engine'});
	early = undefined;
	taken.ref();
	return taken;
};

import {openSync} from 'node:fs';
import process from 'node:process';
import {isatty, ReadStream} from 'node:tty';
import {type Engine, startEngine} from '../../engine/engine.js';
import {UserError} from '../../errors.js';
import {paint} from '../../screen/text/paint.js';
import {firstTheme, themes} from '../../screen/theme.js';
import {outline} from '../../screen/view/outline.js';
import type {Options} from '../../session/options.js';
import {remembered} from '../../settings/remembered.js';
import {detectCapabilities} from '../../terminal/capabilities.js';
import {FrameSink} from '../../terminal/frame-sink.js';
import {Keyboard} from '../../terminal/keyboard.js';
import {takeTerminal} from '../../terminal/life-cycle.js';
import {refuse} from '../refuse.js';

/** `hitrate`: the live screen, until a key or signal ends the process. */
export const watch = async (options: Options): Promise<number> => {
	const start = (demo: boolean): Promise<Engine> => startEngine({...options, demo}, error => void terminal.fail(error));
	// The slowest part first: the worker loads the engine while this thread loads the screen.
	const starting = start(options.demo);
	const sink = new FrameSink(process.stdout, {mouse: options.mouse});
	const keyboard = new Keyboard(keyboardInput());
	let stop: () => Promise<void> | undefined = () => undefined;
	const terminal = takeTerminal({sink, keyboard, name: 'hitrate', beforeExit: () => stop()});
	const can = detectCapabilities({
		env: process.env,
		output: process.stdout,
		platform: process.platform,
		noColor: !options.colour,
		ascii: options.ascii,
	});
	const chosenBefore = options.keep ? remembered() : {};
	const theme = firstTheme(can.colour, options.theme ?? chosenBefore.theme, process.env.COLORFGBG);
	const look = {theme: themes[theme], unicode: can.unicode};
	sink.write(paint(outline(sink.columns), look));
	// Written before loading the screen, which blocks this thread.
	sink.flush();
	try {
		const drawing = import('./show.js').then(({openInk, show}) => ({show, ink: openInk(sink, keyboard, look)}));
		const [engine, {show, ink}] = await Promise.all([starting, drawing]);
		const screen = show({
			ink,
			engine,
			terminal,
			sink,
			keyboard,
			theme,
			orders: chosenBefore.orders,
			unicode: can.unicode,
			start: options.demo || options.sources.includes('-') ? undefined : start,
			options,
		});
		stop = screen.stop;
		await screen.ended;
		return 0;
	} catch (error) {
		if (!(error instanceof UserError)) {
			return terminal.fail(error);
		}
		const ended = terminal.exit(error.exitCode);
		await refuse(error, false);
		return ended;
	}
};

/** Keys are read from the terminal device if standard input is a log. */
const keyboardInput = (): NodeJS.ReadStream => {
	// Checked by descriptor, because accessing `process.stdin` would start reading a pipe.
	if (isatty(0)) {
		return process.stdin;
	}
	try {
		return new ReadStream(openSync('/dev/tty', 'r'));
	} catch {
		return process.stdin;
	}
};

import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {render} from 'ink';
import {createElement} from 'react';
import {Monitor, type Snapshot} from '../monitor.js';
import {App} from '../screen/app.js';
import {MemoryStore} from '../store/memory.js';
import {detectCapabilities} from '../terminal/capabilities.js';
import {FrameSink} from '../terminal/frame-sink.js';
import {Keyboard} from '../terminal/keyboard.js';
import {takeTerminal} from '../terminal/life-cycle.js';
import type {Options} from './options.js';
import {openSession} from './session.js';
import {writeSnapshot} from './snapshot.js';

/** `hitrate`: the live screen. Returns only where there is nothing to watch; otherwise a key or a signal ends the process. */
export const watch = async (options: Options): Promise<number> => {
	const session = await openSession(options);
	const can = detectCapabilities({
		env: process.env,
		output: process.stdout,
		platform: process.platform,
		noColor: !options.colour,
		ascii: options.ascii,
	});
	const monitor = new Monitor({
		...session.ingest,
		store: new MemoryStore(),
		prices: session.prices,
		view: options.window && {choice: options.window, end: undefined},
		problems: session.problems,
	});
	// A library that warns on the console would write over the screen; what it warns of, prices show as n/a.
	console.warn = () => {};
	const sink = new FrameSink(process.stdout);
	const keyboard = new Keyboard(keyboardInput());
	const terminal = takeTerminal({sink, keyboard, name: 'hitrate', beforeExit: () => monitor.stop()});
	const app = render(
		createElement(App, {
			monitor,
			sink,
			lookedAt: session.lookedAt,
			unicode: can.unicode,
			colour: can.colour,
			timeZone: options.zone,
			onExport: (snapshot: Snapshot) => writeSnapshot(snapshot, session, options),
			onSuspend: () => terminal.suspend(),
			onRepaint: () => sink.redraw(),
			onQuit: () => void terminal.exit(),
		}),
		{
			stdout: sink as unknown as NodeJS.WriteStream,
			stdin: keyboard as unknown as NodeJS.ReadStream,
			debug: true,
			patchConsole: false,
			exitOnCtrlC: false,
		},
	);
	app.waitUntilExit().catch(terminal.fail);
	await monitor.start(session.sources);
	return new Promise<number>(() => {});
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

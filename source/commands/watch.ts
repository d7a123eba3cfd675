import {openSync} from 'node:fs';
import process from 'node:process';
import {ReadStream} from 'node:tty';
import {render} from 'ink';
import {createElement} from 'react';
import {Monitor} from '../monitor.js';
import {App} from '../screen/app.js';
import {MemoryStore} from '../store/memory.js';
import {detectCapabilities} from '../terminal/capabilities.js';
import {FrameSink} from '../terminal/frame-sink.js';
import {Keyboard} from '../terminal/keyboard.js';
import {takeTerminal} from '../terminal/life-cycle.js';
import type {Options} from './options.js';
import {openSession, type Session} from './session.js';
import {writeSnapshot} from './snapshot.js';

/** `hitrate`: the live screen, until a key or a signal ends the process. */
export const watch = async (options: Options): Promise<number> => {
	const session = await openSession(options);
	const can = detectCapabilities({
		env: process.env,
		output: process.stdout,
		platform: process.platform,
		noColor: !options.colour,
		ascii: options.ascii,
	});
	// A library that warns on the console would write over the screen; what it warns of, prices show as n/a.
	console.warn = () => {};
	const sink = new FrameSink(process.stdout);
	const keyboard = new Keyboard(keyboardInput());
	const monitors: Monitor[] = [];
	const terminal = takeTerminal({
		sink,
		keyboard,
		name: 'hitrate',
		beforeExit: async () => {
			await Promise.all(monitors.map(monitor => monitor.stop()));
		},
	});

	const open = (shown: Session): Monitor => {
		const monitor = new Monitor({
			...shown.ingest,
			store: new MemoryStore(),
			prices: shown.prices,
			view: options.window && {choice: options.window, end: undefined},
			filter: options.filter,
			problems: shown.problems,
		});
		monitors.push(monitor);
		// The first frame comes before the first byte is read.
		setImmediate(() => monitor.start(shown.sources).catch(terminal.fail));
		return monitor;
	};
	const element = (shown: Session, demo: boolean) =>
		createElement(App, {
			key: demo ? 'demo' : 'logs',
			monitor: open(shown),
			prices: shown.prices,
			title: titleOf(shown),
			unicode: can.unicode,
			colour: can.colour,
			timeZone: options.zone,
			onExport: snapshot =>
				writeSnapshot(snapshot, shown, options, {
					lines: sink.snapshotLines(),
					columns: sink.columns,
					rows: sink.rows,
				}),
			onSuspend: () => terminal.suspend(),
			onRepaint: () => sink.redraw(),
			onQuit: () => void terminal.exit(),
			onDemo: options.demo || options.sources.includes('-') ? undefined : () => void swap(!demo).catch(terminal.fail),
		});
	/** The demo is a key away from the logs, and back. */
	const swap = async (demo: boolean): Promise<void> => {
		const shown = monitors.splice(0);
		const next = await openSession({...options, demo});
		app.rerender(element(next, demo));
		await Promise.all(shown.map(monitor => monitor.stop()));
	};

	const app = render(element(session, options.demo), {
		stdout: sink as unknown as NodeJS.WriteStream,
		stdin: keyboard as unknown as NodeJS.ReadStream,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	await app.waitUntilExit().catch(terminal.fail);
	return 0;
};

/** `worker.log`, `worker.log and backend.log`, `worker.log and 5 more`. */
const titleOf = ({sources, lookedAt}: Session): string => {
	const [first, second, ...more] = sources.map(({name}) => name);
	if (first === undefined) {
		return lookedAt[0] ?? '';
	}
	if (second === undefined) {
		return first;
	}
	return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`;
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

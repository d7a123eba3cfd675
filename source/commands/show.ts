import {resolve} from 'node:path';
import process from 'node:process';
import {render} from 'ink';
import {createElement} from 'react';
import type {Engine} from '../engine/engine.js';
import {priceList} from '../metrics/money/pricing.js';
import {App} from '../screen/app.js';
import {firstTheme} from '../screen/theme.js';
import type {Options, ThemeName} from '../session/options.js';
import {remember, remembered} from '../settings/remembered.js';
import {detectCapabilities} from '../terminal/capabilities.js';
import {FrameSink} from '../terminal/frame-sink.js';
import {Keyboard} from '../terminal/keyboard.js';
import {takeTerminal} from '../terminal/life-cycle.js';

export type ShowOptions = {
	readonly engine: Engine;
	/** Where keys come from. */
	readonly input: NodeJS.ReadStream;
	/** Starts the engine of the demo, or that of the logs again; without it there is no way to the demo. */
	readonly start: ((demo: boolean) => Promise<Engine>) | undefined;
	readonly options: Options;
	/** Takes over what ends the engine unasked. */
	readonly onFail: (handler: (error: unknown) => void) => void;
};

/** Takes the terminal and shows the engine's snapshots in it, until a key or a signal ends the process. */
export const show = async ({engine, input, start, options, onFail}: ShowOptions): Promise<number> => {
	const can = detectCapabilities({
		env: process.env,
		output: process.stdout,
		platform: process.platform,
		noColor: !options.colour,
		ascii: options.ascii,
	});
	const sink = new FrameSink(process.stdout);
	const keyboard = new Keyboard(input);
	let shown = engine;
	let theme: ThemeName = firstTheme(
		can.colour,
		options.theme ?? (options.keep ? remembered().theme : undefined),
		process.env.COLORFGBG,
	);
	const terminal = takeTerminal({sink, keyboard, name: 'hitrate', beforeExit: () => shown.stop()});
	onFail(error => void terminal.fail(error));
	// A library that warns on the console would write over the screen; what it warns of, prices show as n/a.
	console.warn = () => {};
	const prices = priceList(options.prices, options.planModel);
	const element = (demo: boolean) =>
		createElement(App, {
			key: demo ? 'demo' : 'logs',
			monitor: shown,
			prices,
			title: shown.title,
			unicode: can.unicode,
			theme,
			timeZone: options.zone,
			onExport: async ({report}) => {
				const screen = {
					lines: sink.snapshotLines(),
					columns: sink.columns,
					rows: sink.rows,
					ground: theme === 'light' ? ('light' as const) : ('dark' as const),
				};
				return (await shown.export(report, screen)).map(path => resolve(path));
			},
			onSuspend: () => terminal.suspend(),
			onRepaint: () => sink.redraw(),
			onQuit: () => void terminal.exit(),
			onTheme: chosen => {
				theme = chosen;
				if (options.keep) {
					void remember({theme});
				}
			},
			onDemo: start && (() => void swapOnce(start, !demo)),
		});
	/** The demo is a key away from the logs, and back. */
	const swap = async (startEngine: NonNullable<typeof start>, demo: boolean): Promise<void> => {
		const before = shown;
		shown = await startEngine(demo);
		app.rerender(element(demo));
		await before.stop();
	};

	let swapping = false;
	/** A key that is pressed twice asks once. */
	const swapOnce = async (startEngine: NonNullable<typeof start>, demo: boolean): Promise<void> => {
		if (swapping) {
			return;
		}
		swapping = true;
		await swap(startEngine, demo).catch(terminal.fail);
		swapping = false;
	};

	const app = render(element(options.demo), {
		stdout: sink as unknown as NodeJS.WriteStream,
		stdin: keyboard as unknown as NodeJS.ReadStream,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	await app.waitUntilExit().catch(terminal.fail);
	return 0;
};

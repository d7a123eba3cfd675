import {resolve} from 'node:path';
import {type Instance, render} from 'ink';
import {createElement} from 'react';
import type {Engine} from '../../engine/engine.js';
import {priceList} from '../../metrics/money/pricing.js';
import {App} from '../../screen/app.js';
import type {Orders} from '../../screen/state/location.js';
import type {Paint} from '../../screen/text/paint.js';
import {outline} from '../../screen/view/outline.js';
import {Screen} from '../../screen/view/screen.js';
import type {Options, ThemeName} from '../../session/options.js';
import {addMark, markName} from '../../settings/marks-file.js';
import {remember} from '../../settings/remembered.js';
import type {FrameSink} from '../../terminal/frame-sink.js';
import type {Keyboard} from '../../terminal/keyboard.js';
import type {TakenTerminal} from '../../terminal/life-cycle.js';

/** Options of the screen: its snapshots and its terminal. */
export type ShowOptions = {
	/** The result of `openInk`. */
	readonly ink: Instance;
	readonly engine: Engine;
	readonly terminal: TakenTerminal;
	readonly sink: FrameSink;
	readonly keyboard: Keyboard;
	readonly theme: ThemeName;
	/** Sort orders of lists at the start. */
	readonly orders: Orders | undefined;
	/** False allows 7-bit characters only. */
	readonly unicode: boolean;
	/** Starts the engine of the demo, or restarts that of the logs; without it there is no demo. */
	readonly start: ((demo: boolean) => Promise<Engine>) | undefined;
	readonly options: Options;
};

/** A running screen. */
export type Shown = {
	/** Stops the current engine. */
	readonly stop: () => Promise<void>;
	/** Resolves when nothing is drawn any more. */
	readonly ended: Promise<unknown>;
};

/**
 * Draws the outline again, through Ink. Nothing changes on the terminal, but Ink and React get compiled while the
 * engine opens, which takes about as long.
 */
export const openInk = (sink: FrameSink, keyboard: Keyboard, look: Paint): Instance => {
	const {columns, rows} = sink;
	const parts = [{name: 'outline', column: 0, row: 0, lines: [outline(columns)]}];
	return render(createElement(Screen, {size: {columns, rows}, parts, look}), {
		stdout: sink as unknown as NodeJS.WriteStream,
		stdin: keyboard as unknown as NodeJS.ReadStream,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
};

/** Shows the engine's snapshots until a key or signal ends the process. */
export const show = ({
	ink,
	engine,
	terminal,
	sink,
	keyboard,
	theme: first,
	unicode,
	orders,
	start,
	options,
}: ShowOptions): Shown => {
	let shown = engine;
	let theme = first;
	// A library's warnings would write over the screen; their subject is shown as n/a.
	console.warn = () => {};
	const prices = priceList(options.prices, options.planModel);
	const element = (demo: boolean) =>
		createElement(App, {
			key: demo ? 'demo' : 'logs',
			monitor: shown,
			mouse: keyboard,
			inDemo: demo,
			prices,
			title: shown.title,
			lookedAt: shown.lookedAt,
			unicode,
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
			onMark: typed => {
				const name = markName(typed);
				const mark = {time: Date.now(), name};
				if (demo) {
					shown.mark(mark);
				} else {
					addMark(mark);
				}
				return name;
			},
			orders,
			onOrders: orders => {
				if (options.keep) {
					void remember({orders});
				}
			},
			onCopy: text => sink.copy(text),
			onTheme: chosen => {
				theme = chosen;
				if (options.keep) {
					void remember({theme});
				}
			},
			onDemo: start && (() => void swapOnce(start, !demo)),
		});
	/** Switches between the logs and the demo. */
	const swap = async (startEngine: NonNullable<typeof start>, demo: boolean): Promise<void> => {
		const before = shown;
		shown = await startEngine(demo);
		ink.rerender(element(demo));
		await before.stop();
	};

	let swapping = false;
	/** Ignores the key while switching. */
	const swapOnce = async (startEngine: NonNullable<typeof start>, demo: boolean): Promise<void> => {
		if (swapping) {
			return;
		}
		swapping = true;
		await swap(startEngine, demo).catch(terminal.fail);
		swapping = false;
	};

	ink.rerender(element(options.demo));
	return {stop: () => shown.stop(), ended: ink.waitUntilExit().catch(terminal.fail)};
};

import {createRequire} from 'node:module';
import {stripVTControlCharacters} from 'node:util';
import {isPresent, resample, type Series} from './buckets.js';
import type {Plot, PlotOptions} from './plot.js';

/** The calls that blessed-contrib's line widget makes on its canvas, as far as they draw. */
type Context = {
	beginPath(): void;
	moveTo(x: number, y: number): void;
	lineTo(x: number, y: number): void;
	stroke(): void;
};

/** The parts of blessed-contrib 4.11.0 that are used; it has no types of its own. */
export type Contrib = {
	/** `blessed-contrib/lib/widget/charts/line.js` */
	readonly Line: {readonly prototype: {setData(this: unknown, data: readonly unknown[]): void}};
	/** `Canvas` of `drawille-canvas-blessed-contrib`; sizes are dots: 2 a column, 4 a row. */
	readonly Canvas: new (
		width: number,
		height: number,
	) => {getContext(): Context & {readonly canvas: {frame(): string}}};
};

/**
 * Loads the one widget that is used. It comes through `createRequire`, so that no bundler takes it in, and without the
 * package's index, which costs more and loads a dependency with a known advisory.
 */
export const loadContrib = (): Contrib => {
	const fromHere = createRequire(import.meta.url);
	// The canvas is a dependency of blessed-contrib, so it is resolved from there.
	const fromContrib = createRequire(fromHere.resolve('blessed-contrib/lib/widget/canvas.js'));
	return {
		Line: fromHere('blessed-contrib/lib/widget/charts/line.js'),
		Canvas: fromContrib('drawille-canvas-blessed-contrib').Canvas,
	};
};

/** Line.js connects every point to the next; here NaN lifts the pen, and a lone point still leaves a dot. Text is dropped. */
const liftingPen = (context: Context): Context & {clearRect(): void; fillText(): void} => {
	let lifted = true;
	return {
		beginPath() {
			lifted = true;
			context.beginPath();
		},
		moveTo: context.moveTo.bind(context),
		lineTo(x, y) {
			if (Number.isNaN(y)) {
				lifted = true;
				return;
			}

			if (lifted) {
				context.moveTo(x, y);
				lifted = false;
			}

			context.lineTo(x, y);
		},
		stroke: context.stroke.bind(context),
		clearRect() {},
		fillText() {},
	};
};

/** Widens a value between gaps to the time that it covers; otherwise it would be a single, hardly visible dot. */
const withLonePoints = (values: Series): Series => {
	const isLone = (index: number) =>
		isPresent(values[index]) && !isPresent(values[index - 1]) && !isPresent(values[index + 1]);
	if (!values.some((_, index) => isLone(index))) {
		return values;
	}
	const between = (index: number, other: number): number | undefined => {
		const [near, far] = [values[index], values[other]];
		if (!isPresent(near)) {
			return undefined;
		}
		return isPresent(far) ? near + (far - near) / 3 : isLone(index) ? near : undefined;
	};
	return values.flatMap((value, index) => [between(index, index - 1), value, between(index, index + 1)]);
};

const draw = ({Line, Canvas}: Contrib, {columns, rows, values, top}: PlotOptions): readonly string[] => {
	// Line.js keeps 11 dots below its plot and 2 more between axis and line, and on the left xPadding and 2 dots: three
	// rows and two columns to cut off, with its axis. What remains begins and ends on whole characters.
	const xPadding = 2;
	const size = {width: columns * 2 + xPadding + 2, height: (rows + 3) * 4};
	const dots = rows * 4;
	const spread = withLonePoints(values);
	const resampled = spread.length > columns * 2 ? resample(spread, columns * 2, 'mean') : spread;
	// A single value covers the whole span.
	const points = resampled.length > 1 ? resampled : [resampled[0], resampled[0]];
	const context = new Canvas(size.width, size.height).getContext();
	const widget = {
		canvasSize: size,
		ctx: liftingPen(context),
		options: {
			minY: 0,
			// Line.js lifts the line by the 2 dots, past the upper edge: 1 must come to lie on dot 0.
			maxY: ((dots + 1) / (dots - 1)) * (1 + 1e-9),
			numYLabels: 1,
			// Keeps the label of the largest value one character wide; a wider one would move the line.
			wholeNumbersOnly: true,
			xLabelPadding: xPadding,
			xPadding,
			showLegend: false,
			showNthLabel: Number.POSITIVE_INFINITY,
			style: {},
		},
	};
	// Line.js spaces the points by the number of labels; this one puts the last point on the last dot.
	const labelCount = ((size.width - xPadding) * (points.length - 1)) / (columns * 2 - 1 + 1e-6);
	const y = points.map(value => (isPresent(value) ? Math.min(1, Math.max(0, value / top)) : Number.NaN));
	Line.prototype.setData.call(widget, [{x: {0: '', length: labelCount}, y}]);
	return stripVTControlCharacters(context.canvas.frame())
		.split('\n')
		.slice(0, rows)
		.map(line => line.slice(2));
};

/**
 * Draws a braille line with blessed-contrib, loaded at the first call. Returns undefined if it could not be loaded
 * (which is tried once) or fails to draw.
 */
export const createContribLine = (load: () => Contrib = loadContrib): Plot => {
	let contrib: Contrib | 'failed' | undefined;
	return options => {
		if (contrib === 'failed') {
			return undefined;
		}

		try {
			contrib ??= load();
			return draw(contrib, options);
		} catch {
			contrib = 'failed';
			return undefined;
		}
	};
};

import {expect, test} from 'vitest';
import {FrameSink} from '../../source/terminal/frame-sink.js';
import {runs} from '../support/runs.js';
import {createModel, FakeOutput, feed, screenLook} from './fixtures/terminal-model.js';

/** Set SINK_SEED to repeat a failure. */
const seed = Number(process.env.SINK_SEED ?? Date.now() % 1_000_000);

/** Mulberry32: small, and the same everywhere. */
const randomFrom = (start: number) => {
	let state = start;
	return (below: number): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
	};
};

const random = randomFrom(seed);
const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;

const openers = [
	() => `3${random(8)}`,
	() => `9${random(8)}`,
	() => `38;5;${random(256)}`,
	() => `38;2;${random(256)};${random(256)};${random(256)}`,
	() => `4${random(8)}`,
	() => `48;5;${random(256)}`,
	() => `1;3${random(8)}`,
	() => pick(['1', '2', '3', '4', '7', '8', '9', '53']),
];
const closers = ['39', '49', '22', '23', '24', '27', '28', '29', '55', '0', ''];
const narrow = ['a', 'b', ' ', ' ', '7', '─', '│', '█', '▁', '⣿', 'é', '…', 'e\u0301', 'a\u0323\u0301', 'Ж'];
const wide = ['漢', '字', '한', 'ｗ'];

const randomLine = (columns: number): string => {
	let line = '';
	const target = random(3) === 0 ? random(columns + 3) : columns;
	for (let width = 0; width < target; ) {
		if (random(5) === 0) {
			line += `\u001B[${pick(openers)()}m`;
		}
		if (random(7) === 0) {
			line += `\u001B[${pick(closers)}m`;
		}
		const isWide = random(6) === 0;
		line += isWide ? pick(wide) : random(9) === 0 ? ' '.repeat(random(8) + 1) : pick(narrow);
		width += isWide ? 2 : 1;
	}
	return line;
};

const mutate = (line: string, columns: number): string => {
	const kind = random(6);
	if (kind === 0) {
		return randomLine(columns);
	}
	return kind === 1 ? line.replace(/(?<!\[[\d;]*)[ab7]/, pick(['a', 'b', '7', 'x'])) : line;
};

/** What the lines look like drawn one by one on an empty screen, in the bounds of its width. */
const drawnAfresh = async (lines: readonly string[], columns: number, rows: number) => {
	const model = createModel(columns, rows);
	// One column more than the screen has would be squeezed into the last one; the sink cuts it.
	const cut = lines.map(line => cutToWidth(line, columns));
	await feed(model, `\u001B[?7l${cut.map((line, row) => `\u001B[m\u001B[${row + 1};1H${line}`).join('')}`);
	const look = screenLook(model);
	model.dispose();
	return look;
};

const cutToWidth = (line: string, columns: number): string => {
	let width = 0;
	let result = '';
	for (const [token] of line.matchAll(/\u001B\[[\d;]*m|[^\u001B][\u0300-\u036F]*/gu)) {
		const advance = token.startsWith('\u001B') ? 0 : wide.includes(token) ? 2 : 1;
		width += advance;
		if (width > columns) {
			return result;
		}
		result += token;
	}
	return result;
};

test(`a terminal shows what was drawn, whatever it showed before (seed ${seed})`, async () => {
	console.log(`frame sink fuzz: SINK_SEED=${seed}`);
	for (let round = 0; round < runs(30); round++) {
		const columns = 10 + random(60);
		const rows = 3 + random(15);
		const output = new FakeOutput(columns, rows);
		const sink = new FrameSink(output);
		const live = createModel(columns, rows);
		sink.enter();
		let lines = Array.from({length: rows}, () => randomLine(columns));
		for (let frame = 0; frame < 20; frame++) {
			lines = lines.map(line => mutate(line, columns));
			const shown = lines.slice(0, random(4) === 0 ? 1 + random(rows) : rows);
			const text = shown.join('\n');
			if (text === '' || text === '\n') {
				// Nothing but a line end is no frame: Ink sends that beside the switches of the terminal's modes.
				continue;
			}
			sink.write(text);
			sink.flush();
			await feed(live, output.take());
			expect(screenLook(live), `SINK_SEED=${seed} round ${round} frame ${frame}`).toEqual(
				await drawnAfresh(shown, columns, rows),
			);
		}
		sink.leave();
		live.dispose();
	}
});

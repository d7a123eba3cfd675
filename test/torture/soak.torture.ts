import {EventEmitter} from 'node:events';
import {setImmediate as turn} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {render} from 'ink';
import {createElement} from 'react';
import {expect, test} from 'vitest';
import {App} from '../../source/screen/app.js';
import {FrameSink} from '../../source/terminal/frame-sink.js';
import {fakeMonitor} from '../support/fake-monitor.js';
import {busyRequests, snapshotOf} from '../support/snapshots.js';
import {createModel, FakeOutput, feed, screenText} from '../terminal/fixtures/terminal-model.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once everything that can be is collected. */
const inUse = (): number => {
	collect();
	collect();
	return process.memoryUsage().heapUsed;
};

const updates = 10_000;
/** From here on everything that is made once has been made. */
const settled = 2000;
/** What may be in use beside: code that became hot, caches that fill up. Bytes. */
const slack = 3 << 20;

const columns = 100;
const rows = 30;

/** A screen whose counters move and whose rows scroll. */
const frame = (update: number): string =>
	Array.from({length: rows}, (_, row) =>
		row % 7 === 0
			? `\u001B[1mcounter ${row}\u001B[22m ${update * (row + 1)}`
			: `\u001B[36m${'█'.repeat((update + row) % 60)}\u001B[39m row ${(update >> 3) + row} 漢字`,
	).join('\n');

test('10,000 frames leave no memory behind, and each costs no more than a screen', async () => {
	const output = new FakeOutput(columns, rows);
	const sink = new FrameSink(output);
	const model = createModel(columns, rows);
	sink.enter();
	let before = 0;
	let largest = 0;
	for (let update = 1; update <= updates; update++) {
		sink.write(frame(update));
		sink.flush();
		const sent = output.take();
		largest = Math.max(largest, Buffer.byteLength(sent));
		await feed(model, sent);
		before = update === settled ? inUse() : before;
	}
	expect(inUse() - before).toBeLessThan(slack);
	expect(largest).toBeLessThan(columns * rows * 4);
	expect(screenText(model)[7]).toBe(`counter 7 ${updates * 8}`);
	sink.leave();
	model.dispose();
});

/** What Ink reads keys from. */
class SilentInput extends EventEmitter {
	readonly isTTY = true;
	setEncoding() {}
	setRawMode() {}
	ref() {}
	unref() {}
	read() {
		return null;
	}
}

const shown = () => {
	const first = snapshotOf({requests: busyRequests()});
	const monitor = fakeMonitor(first);
	const output = new FakeOutput(columns, rows);
	const sink = new FrameSink(output, {maxFps: 1_000_000});
	sink.enter();
	const app = render(
		createElement(App, {
			monitor,
			title: 'worker.log',
			unicode: true,
			theme: 'dark',
			timeZone: 'UTC',
			onExport: async () => [],
			onSuspend: () => {},
			onRepaint: () => {},
			onQuit: () => {},
		}),
		{
			stdout: sink as unknown as NodeJS.WriteStream,
			stdin: new SilentInput() as unknown as NodeJS.ReadStream,
			debug: true,
			patchConsole: false,
			exitOnCtrlC: false,
		},
	);
	const update = async (requests: number): Promise<string> => {
		const {report} = first;
		const summary = {...report.summary, requests, hits: requests - report.summary.misses};
		monitor.publish({...first, report: {...report, summary}});
		await turn();
		sink.flush();
		return output.take();
	};
	return {app, sink, output, update};
};

/** Of the whole screen, of which each takes as long as a hundred frames of text alone. */
const screenUpdates = 700;
const screenSettled = 300;

test('updates of the whole screen leave no memory behind and send little', async () => {
	const {app, sink, update} = shown();
	await update(1000);
	const start = sink.stats.bytes;
	let before = 0;
	for (let count = 1; count <= screenUpdates; count++) {
		await update(1000 + count);
		before = count === screenSettled ? inUse() : before;
	}
	expect(inUse() - before).toBeLessThan(slack);
	expect(sink.stats.frames).toBeGreaterThan(screenUpdates * 0.9);
	expect((sink.stats.bytes - start) / screenUpdates).toBeLessThan(64);
	app.unmount();
});

test('one number that changes costs 64 bytes at most, one that gains a digit its row, and nothing costs nothing', async () => {
	const {app, output, update} = shown();
	const model = createModel(columns, rows);
	await feed(model, output.take() + (await update(1000)));
	// At 1,999 requests the hits have a digit more than at 1,010, at 10,000 the requests: what stands behind them moves.
	for (const [requests, most] of [
		[1001, 64],
		[1009, 64],
		[1010, 64],
		[1999, 256],
		[2000, 64],
		[9999, 64],
		[10_000, 256],
	] as const) {
		const sent = await update(requests);
		await feed(model, sent);
		expect(Buffer.byteLength(sent)).toBeGreaterThan(0);
		expect(Buffer.byteLength(sent)).toBeLessThanOrEqual(most);
		expect(screenText(model).join('\n')).toContain(requests.toLocaleString('en-US'));
		expect(await update(requests)).toBe('');
	}
	app.unmount();
	model.dispose();
});

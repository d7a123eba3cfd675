import {createRandom} from '../../source/demo/random.js';
import {emptyTally} from '../../source/formats/format.js';
import type {LogReading} from '../../source/ingest/log-reading.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import {presetChoice, resolveView, spanOf, type View} from '../../source/metrics/windows/window.js';
import type {Snapshot} from '../../source/monitor/snapshot.js';
import type {Request} from '../../source/request.js';
import {reportOf} from './recount.js';
import {block, hour, measured, planned, request, testNow, workedExample} from './requests.js';

const minute = 60_000;

export const readingOf = (
	name: string,
	facts: Partial<LogReading['facts']> = {},
	format = 'agentpress',
): LogReading => ({
	facts: {
		log: {id: `/srv/app/${name}`, name},
		size: 43_000_000,
		read: 43_000_000,
		lines: 182_402,
		modified: testNow - 12_000,
		...facts,
	},
	format,
	tally: emptyTally(),
	sums: [],
	lastRead: testNow,
});

export type SnapshotParts = Partial<Omit<Snapshot, 'report' | 'view'>> & {
	readonly requests?: readonly Request[];
	readonly view?: View;
};

/** A snapshot of these requests: the last 24 hours unless a view is given. */
export const snapshotOf = ({
	requests = [],
	view = {choice: presetChoice('24h'), end: undefined},
	now = testNow,
	...parts
}: SnapshotParts = {}): Snapshot => {
	const all = [...requests].sort((one, other) => one.time - other.time);
	const span = spanOf(all);
	return {
		view,
		report: reportOf(all, resolveView(view, now, span), priceList(), now),
		isCounting: false,
		focused: undefined,
		against: undefined,
		state: 'live',
		progress: {done: 0, total: 0, rate: undefined},
		behind: undefined,
		readings: [readingOf('logs/worker.log')],
		problems: [],
		requestRate: 0.4,
		now,
		...parts,
	};
};

export type BusyOptions = {
	/** Back from now. */
	readonly hours?: number;
	readonly threads?: number;
	readonly models?: readonly string[];
	readonly seed?: number;
	/** Multiplies all tokens. */
	readonly scale?: number;
};

/** Threads that come and go, pause, switch models and grow: a day with hits, misses and breaks of every cause. */
export const busyRequests = ({
	hours = 48,
	threads = 160,
	models = ['claude-sonnet-4-5', 'claude-haiku-4-5'],
	seed = 7,
	scale = 1,
}: BusyOptions = {}): readonly Request[] => {
	const random = createRandom(seed);
	const between = (least: number, most: number) => least + random.next() * (most - least);
	return Array.from({length: threads}, (_, thread) => {
		let time = testNow - between(0.2, hours) * hour;
		let prefix = Math.round(between(6000, 24_000) * scale);
		let model = models[thread % models.length] ?? 'claude-sonnet-4-5';
		return Array.from({length: Math.round(between(3, 22))}, (_, turn) => {
			const gap = random.next() < 0.15 ? between(6, 40) * minute : between(5, 150) * 1000;
			time += gap;
			const switched = turn > 0 && random.next() < 0.03;
			model = switched ? (models[(thread + turn) % models.length] ?? model) : model;
			const misses = turn === 0 || gap > 5 * minute || switched || random.next() < 0.04;
			const grown = Math.round(between(300, 3000) * scale);
			const read = misses ? 0 : prefix;
			const written = misses ? prefix + grown : grown;
			prefix += grown;
			const blocks = Array.from({length: Math.min(4, 1 + Math.floor(turn / 4))}, (_, index) =>
				block(index + 1, Math.round(prefix / 4)),
			);
			return measured(
				{cacheRead: read, cacheWrite5m: written, uncached: Math.round(between(40, 900) * scale), output: 400},
				{
					time,
					thread: `thread-${thread}`,
					model,
					plan: {blocks, skipped: [], unsupported: false},
					missReason: misses && turn > 0 && random.next() < 0.1 ? 'tools_changed' : undefined,
				},
			);
		});
	})
		.flat()
		.filter(({time}) => time < testNow);
};

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** What the screen must be able to show, whatever the size. */
export const variedSnapshots = (): Readonly<Record<string, Snapshot>> => ({
	nothing: snapshotOf({readings: []}),
	'no cache lines': snapshotOf({
		readings: [readingOf('logs/backend.log'), readingOf('logs/\u001B[31mworker\u001B[0m.log', {size: 0, lines: 0})],
		problems: [{kind: 'missing', name: 'x.log', message: 'x.log: does not exist\u0007 (yet)', count: 1}],
	}),
	reading: snapshotOf({
		state: 'reading',
		readings: [readingOf('worker.log', {read: 10_000_000})],
		requests: busyRequests(),
	}),
	'outside the window': snapshotOf({requests: [measured({cacheRead: 9}, {time: testNow - 90 * 24 * hour})]}),
	planned: snapshotOf({requests: workedExample()}),
	measured: snapshotOf({requests: busyRequests({hours: 72, threads: 260})}),
	past: snapshotOf({requests: busyRequests(), view: {choice: presetChoice('6h'), end: testNow - 9 * hour}}),
	'all time': snapshotOf({requests: busyRequests({hours: 400}), view: {choice: presetChoice('all'), end: undefined}}),
	loss: snapshotOf({
		requests: Array.from({length: 40}, (_, index) =>
			measured({cacheWrite5m: 30_000, cacheRead: index % 9 === 0 ? 1200 : 0}, {time: testNow - index * minute}),
		),
	}),
	huge: snapshotOf({requests: busyRequests({scale: 4_000_000_000, threads: 60}), requestRate: 12_345.6}),
	'without threads': snapshotOf({
		requests: busyRequests().map(found => ({...found, thread: undefined})),
	}),
	hostile: snapshotOf({
		requests: busyRequests({models: ['evil\u001B]0;x\u0007\u001B[2J/model\u202E', '模型'.repeat(30)]}).map(found => ({
			...found,
			missReason: found.missReason && `\u001B[31m${'工具'.repeat(20)}\r\n`,
		})),
		readings: [readingOf(`logs/${'非常に長い'.repeat(20)}.log`)],
		problems: [{kind: 'binary', name: 'b', message: `${'b'.repeat(300)}\u001B[2J`, count: 1}],
	}),
	'30 models': snapshotOf({
		requests: busyRequests({models: Array.from(letters, letter => `house-${letter.repeat(9)}`)}),
	}),
	'one request': snapshotOf({requests: [request({plan: {blocks: [], skipped: [], unsupported: true}})]}),
	'unknown blocks': snapshotOf({
		requests: Array.from({length: 30}, (_, index) =>
			planned([block(index + 1), block(index + 900)], {time: testNow - index * minute}),
		),
	}),
});

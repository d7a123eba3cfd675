import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import {Ingest} from '../../source/ingest/ingest.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Report} from '../../source/metrics/report/report.js';
import {presetChoice, resolveWindow} from '../../source/metrics/windows/window.js';
import {startLocation} from '../../source/screen/state/location.js';
import {tabs} from '../../source/screen/tabs.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';
import {checkStore} from '../../source/store/sqlite/file/check.js';
import {openSqliteStore} from '../../source/store/sqlite/file/open.js';
import type {Store} from '../../source/store/store.js';
import {ingestOptions} from '../ingest/options.js';
import {contextOf} from '../output/context.js';
import {localReport} from '../support/recount.js';
import {drawn} from '../support/screens.js';
import {snapshotOf} from '../support/snapshots.js';
import {harmIn} from './clean.js';
import {harmOf} from './every-output.js';
import {mutated} from './mutate.js';
import {nastyNames} from './nasty.js';
import {shapes} from './shapes.js';
import {unsoundnessOf} from './sound.js';

/** Set HOSTILE_SEED to repeat a failure, HOSTILE_ROUNDS to look longer. */
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000);
const rounds = Number(process.env.HOSTILE_ROUNDS ?? 4);

const prices = priceList();
const now = Date.UTC(2026, 2, 30);
const folder = mkdtempSync(join(tmpdir(), 'hitrate-hostile-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** As they can be names of files. */
const names = Object.values(nastyNames).map(name => name.slice(0, 4096).replaceAll('\0', ''));

/** Logs of every format in one go, under hostile names, as a source hands them over. */
const logsOf = (random: ReturnType<typeof createRandom>) =>
	shapes
		.filter(({name}) => name !== 'glitchtip')
		.map(({lines}, index) => {
			const name = random.pick(names);
			return {
				log: {id: `/${index}.log`, name},
				bytes: mutated(lines.slice(0, 120), random, 0.25),
				cut: random.integer(1, 1 << 16),
			};
		});

/** Reads logs into a store, in pieces of whole lines. */
const readInto = (store: Store, logs: ReturnType<typeof logsOf>): Ingest => {
	const ingest = new Ingest(store, {...ingestOptions, now: () => now});
	for (const {log, bytes, cut} of logs) {
		for (let start = 0; start < bytes.length; ) {
			const found = bytes.indexOf(0x0a, Math.min(bytes.length - 1, start + cut));
			const end = found < 0 ? bytes.length : found + 1;
			ingest.lines(log, bytes.subarray(start, end), start === 0);
			start = end;
		}
		ingest.unfinished(log, Buffer.from('{"unfinished": \u001B[2J\n'), false);
		ingest.caughtUp({log, size: bytes.length, read: bytes.length, lines: 1, modified: now});
	}
	ingest.flush();
	return ingest;
};

const byName = <Named extends {readonly name: string | undefined; readonly models: readonly string[]}>(
	groups: readonly Named[],
) =>
	groups
		.map(group => ({...group, models: [...group.models].sort()}))
		.sort((one, other) => (String(one.name) < String(other.name) ? -1 : 1));

/** The sums of a report, whatever the order of what is equal. */
const sumsOf = ({summary, breaks, series, models, projects, sources, threads, blocks, whatIf}: Report) => ({
	summary,
	breaks: {...breaks, breaks: undefined, list: undefined},
	series,
	models: byName(models),
	projects: byName(projects),
	sources: byName(sources),
	threads: byName(threads),
	blocks,
	whatIf,
});

const sizes = [
	[200, 60],
	[100, 30],
	[80, 24],
	[61, 17],
] as const;

/** What is wrong with any page of the screen. */
const screenHarm = (store: Store, unicode: boolean): readonly string[] => {
	const report = localReport(store, resolveWindow({kind: 'all'}, now, store.span), prices, now, {most: 1000});
	const snapshot = {...snapshotOf(), report, now};
	return sizes.flatMap(([columns, rows]) =>
		tabs.flatMap(({id}) => {
			const opened = report.threads[0] && {name: report.threads[0].name, cursor: startLocation.cursors.threads};
			return [undefined, opened].flatMap(thread => {
				const page = drawn(snapshot, {
					columns,
					rows,
					unicode,
					title: names[columns % names.length] ?? '',
					location: {...startLocation, tab: id, thread},
				});
				return [
					...harmIn(page.text),
					...(page.columns > columns ? [`${id} is ${page.columns} columns wide of ${columns}`] : []),
					...(page.rows.length > rows ? [`${id} is ${page.rows.length} rows high of ${rows}`] : []),
				];
			});
		}),
	);
};

test(`mutated logs harm no store, no report, no file and no screen (seed ${seed})`, async () => {
	for (let round = 0; round < rounds; round++) {
		const random = createRandom(seed + round);
		const logs = logsOf(random);
		const memory = new MemoryStore(prices);
		const path = join(folder, `${round}.db`);
		const kept = openSqliteStore({path, sources: ['logs'], prices, pricesFrom: 'published'});
		const ingest = readInto(memory, logs);
		readInto(kept, logs);
		const hint = `HOSTILE_SEED=${seed} round ${round}`;
		expect(memory.total, hint).toBeGreaterThan(20);
		expect(kept.total, hint).toBe(memory.total);
		expect(kept.span, hint).toEqual(memory.span);
		const context = contextOf({
			readings: ingest.readings,
			problems: names.slice(0, 20).map(name => ({kind: 'unreadable', name, message: name, count: 1})),
		});
		for (const preset of ['all', '7d', '30d'] as const) {
			const end = preset === 'all' ? now : Date.UTC(2026, 1, 12);
			const window = resolveWindow(presetChoice(preset), end, memory.span);
			const report = localReport(memory, window, prices, now);
			expect(report.requests.flatMap(unsoundnessOf), hint).toEqual([]);
			expect(sumsOf(localReport(kept, window, prices, now)), hint).toEqual(sumsOf(report));
			expect(await harmOf(report, context, memory.parts(window, {})), hint).toEqual({});
		}
		expect(screenHarm(memory, true), hint).toEqual([]);
		expect(screenHarm(kept, false), hint).toEqual([]);
		kept.close();
		expect(checkStore(path), hint).toEqual([]);
	}
}, 300_000);

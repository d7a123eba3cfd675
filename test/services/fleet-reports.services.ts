import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {keepOnce} from '../../source/fleet/keep/keeper.js';
import {settle} from '../../source/fleet/keep/settle.js';
import {sumHours} from '../../source/fleet/keep/sum-hours.js';
import type {Ask} from '../../source/fleet/reading/ask.js';
import {FleetLedger} from '../../source/fleet/reading/fleet-ledger.js';
import {hoursOf} from '../../source/fleet/reading/hours.js';
import {groupsOf} from '../../source/fleet/reading/most-requested.js';
import {fleetPrices} from '../../source/fleet/reading/newest-requests.js';
import {shippedColumns} from '../../source/fleet/table/columns.js';
import {literal} from '../../source/fleet/table/literal.js';
import {coldKinds} from '../../source/metrics/breaks/facts.js';
import type {Filter} from '../../source/metrics/filter.js';
import {grouped} from '../../source/metrics/grouped.js';
import type {Ledger, Question, SourcesFound, Wanted} from '../../source/metrics/ledger.js';
import {reportOf} from '../../source/metrics/report/report.js';
import type {Measures} from '../../source/metrics/sums/measure-sums.js';
import {allMeasures, type Measure, threadMeasures} from '../../source/metrics/sums/measures.js';
import {type Part, totalOf} from '../../source/metrics/sums/parts.js';
import {resolveWindow, type Span, type WindowChoice} from '../../source/metrics/windows/window.js';
import type {MemoryStore} from '../../source/store/memory/memory-store.js';
import {run} from '../support/program.js';
import {hasClickhouse, useClickhouse} from './clickhouse.js';
import {
	all,
	begin,
	emptyFleet,
	hosts,
	json,
	namedStore,
	prices,
	read,
	send,
	sentRows,
	ship,
	writeAgentPress,
	writeBackend,
	writeTranscripts,
} from './fleet.js';

describe.skipIf(!hasClickhouse())('the report of a fleet is that of one machine with all logs', () => {
	const fleet = useClickhouse('fleet-reports');
	const {folder} = fleet;

	const cases: readonly (readonly [string, (span: Span) => WindowChoice, Filter])[] = [
		['all', () => ({kind: 'all'}), {}],
		[
			'an odd window',
			span => ({kind: 'between', from: (span?.first ?? 0) + 3_123_123, to: (span?.last ?? 0) - 1_777_777}),
			{},
		],
		['a model', () => ({kind: 'all'}), {model: 'HAIKU'}],
		[
			'a piece of anything, in a window with one before it',
			span => ({kind: 'between', from: ((span?.first ?? 0) + (span?.last ?? 0)) / 2, to: span?.last}),
			{text: 'A'},
		],
		['a thread', () => ({kind: 'all'}), {thread: '1'}],
		['a host', () => ({kind: 'all'}), {host: 'web2'}],
	];

	const backends = {
		'each thread on one host': (logOf: (host: number) => string) => writeBackend(logOf, thread => thread),
		'threads scattered over hosts': (logOf: (host: number) => string) => writeBackend(logOf, (_, id) => id),
		AgentPress: writeAgentPress,
		transcripts: writeTranscripts,
	};

	test('one that nothing was shipped to says so', async () => {
		for (const command of [['report'], ['why'], ['check', '--fail-if', 'hit_rate < 1']]) {
			const {code, stderr} = await run([...command, fleet.server.address]);
			expect([code, stderr]).toEqual([3, expect.stringContaining('/hitrate: no host has shipped anything yet')]);
		}
	});

	test('single requests cost what their hosts say', async () => {
		const log = join(folder, 'priced.jsonl');
		writeFileSync(log, '');
		writeBackend(
			() => log,
			() => '',
		);
		await ship(fleet.server.client, [log]);
		// As a host with prices of its own would send them.
		const own = JSON.stringify(['1000000', '0', '1000000', '1000000', '0', 'own', 0]);
		const values = shippedColumns.map(name => (name === 'ver' ? 'ver + 256' : name === 'price' ? literal(own) : name));
		await fleet.server.client.run(
			`INSERT INTO request (${shippedColumns.join(', ')}) SELECT ${values.join(', ')} FROM request`,
		);
		const published = fleetPrices(prices);
		const report = await reportOf(
			new FleetLedger(fleet.server.client),
			{from: 0, to: begin * 2, name: 'all'},
			published,
			begin,
		);
		expect(published.of(report.requests[0] as never)).toMatchObject({from: 'own', input: 1_000_000n});
	});

	const now = begin + 30 * 86_400_000;

	/** What is told of groups: not why they lost what they did, nor what they planned. */
	const toldOfGroups = allMeasures.filter(
		name =>
			(threadMeasures as readonly Measure[]).includes(name) || coldKinds.some(kind => name.startsWith(`${kind}Start`)),
	);

	const sumsBy = <One extends Part>(
		parts: readonly One[],
		nameOf: (part: One) => string | undefined,
		told: readonly Measure[],
	): Readonly<Record<string, Partial<Measures>>> =>
		Object.fromEntries(
			[...grouped(parts, nameOf)].map(([name, of]) => {
				const total = totalOf(of);
				return [name, Object.fromEntries(told.map(measure => [measure, total[measure]]))];
			}),
		);

	/** How many requests each has, the most first. */
	const mostOf = (sums: Readonly<Record<string, Partial<Measures>>>) =>
		Object.values(sums)
			.map(({requests = 0}) => requests)
			.sort((one, other) => other - one);

	/** What reports of few hosts do not ask for: sums of whole days, which are kept as such, one thread, and few of the groups. */
	const more = async (from: Ledger, name: string | undefined, most: number) => {
		const window = {from: begin - 86_400_000, to: begin + 3 * 86_400_000, name: 'custom'};
		const asked = {window, filter: {}};
		const {answers} = await from.ask(
			() =>
				({
					days: {kind: 'slices', ...asked, by: [], width: 86_400_000},
					thread: {kind: 'thread', ...asked, name, most: 50},
					hosts: {kind: 'groups', by: 'host', ...asked, most},
					sources: {kind: 'sources', ...asked, most},
				}) as const satisfies Wanted,
		);
		const byDay = [...grouped(answers.days, ({slice}) => slice)].sort(([one], [other]) => one - other);
		const days = byDay.map(([day, parts]) => [
			day,
			totalOf(parts),
			Math.min(...parts.map(({firstTime}) => firstTime)),
			Math.max(...parts.map(({lastTime}) => lastTime)),
		]);
		const {hosts: machines, sources} = answers;
		return {
			days,
			thread: answers.thread.map(({request}) => request.id),
			counts: [machines.count, sources.count],
			hosts: sumsBy(machines.parts, ({lane}) => lane.host, toldOfGroups),
			sources: sumsBy(sources.parts, ({source}) => source, threadMeasures),
		};
	};

	/** The same of very many groups, which each question reads by itself. */
	const ofMany = async (ask: Ask, most: number) => {
		const asked = {window: {from: begin - 86_400_000, to: begin + 3 * 86_400_000, name: 'custom'}, filter: {}, most};
		const hosts: Question = {kind: 'groups', by: 'host', ...asked};
		const sources: Question = {kind: 'sources', ...asked};
		const answers = groupsOf(ask, [hosts, sources], await hoursOf(ask), 0);
		const [machines, logs] = await Promise.all([answers.get(hosts), answers.get(sources)]);
		return {
			counts: [machines?.count, logs?.count],
			hosts: sumsBy(machines?.parts ?? [], ({lane}) => lane.host, toldOfGroups),
			sources: sumsBy((logs as SourcesFound).parts, ({source}) => source, threadMeasures),
		};
	};

	/** Holds the reports of all cases against those of one machine. @returns of how many hours sums were read */
	const expectEqual = async (name: string, named: MemoryStore): Promise<number> => {
		const ask = (sql: string) => fleet.server.client.rows(sql);
		const ledger = new FleetLedger(fleet.server.client);
		let bytes = 0;
		for (const [label, choice, filter] of cases) {
			const window = resolveWindow(choice(named.span), now, named.span);
			const [found, expected] = await Promise.all(
				[ledger, named].map(async from => json(await reportOf(from, window, prices, now, {filter}))),
			);
			expect(JSON.parse(found as string), label).toEqual(JSON.parse(expected as string));
			expect(found === expected, `${label}, byte for byte`).toBe(true);
			bytes += (expected as string).length;
		}
		const window = resolveWindow({kind: 'all'}, now, named.span);
		const [short, expected] = await Promise.all(
			[ledger, named].map(async from =>
				json(await reportOf(from, window, prices, now, {most: 30, mostBreaks: 20, mostThreads: 10})),
			),
		);
		expect(short === expected, 'the newest alone').toBe(true);
		for (const {request} of named.requests(all, {}, 3)) {
			const whole = await more(named, request.thread, 500);
			expect(whole.thread).toContain(request.id);
			expect(await more(ledger, request.thread, 500)).toEqual(whole);
			const few = await more(ledger, request.thread, 2);
			expect(few.counts).toEqual(whole.counts);
			for (const [most, expected] of [
				[500, whole],
				[2, few],
			] as const) {
				expect(expected).toMatchObject(await ofMany(ask, most));
			}
			for (const kind of ['hosts', 'sources'] as const) {
				expect(whole[kind]).toMatchObject(few[kind]);
				expect(mostOf(few[kind])).toEqual(mostOf(whole[kind]).slice(0, 2));
			}
		}
		const {states, kept, days} = await hoursOf(ask);
		console.info(
			`${name}: ${cases.length} reports equal, ${bytes} bytes; sums of ${kept.size} of ${states.size} hours and of ${days.size} days`,
		);
		return kept.size;
	};

	/** Takes replaced rows away now, which sets sums aside when the server does it by itself. */
	const merge = () => fleet.server.client.run('OPTIMIZE TABLE request FINAL');

	for (const [name, write] of Object.entries(backends)) {
		test(name, {timeout: 600_000}, async () => {
			const {client} = fleet.server;
			const place = join(folder, name.replaceAll(' ', '-'));
			const logs = hosts.map((_, host) => join(place, `${host}.jsonl`));
			mkdirSync(place);
			for (const log of logs) {
				writeFileSync(log, '');
			}
			write(host => logs[host] as string);
			const named = namedStore(await read(logs), logs);
			expect(named.total).toBeGreaterThan(100);

			// Some rows arrive when sums of their hours are there already.
			const rows = await sentRows(logs);
			const isLate = (_: unknown, index: number) => index % 400 < 3;
			await emptyFleet(client);
			await send(
				client,
				rows.filter((row, index) => !isLate(row, index)),
			);
			await keepOnce(client, undefined, {now});
			await send(client, rows.filter(isLate));
			console.info(name, await settle(client, undefined));
			const some = await expectEqual(`${name}, some rows late`, named);
			await merge();
			const {hours, changed} = await sumHours(client, {now, batch: 1000});
			expect([hours > 0, changed]).toEqual([true, 0]);
			const all = await expectEqual(`${name}, summed`, named);
			expect(all).toBeGreaterThan(some);
			expect(await keepOnce(client, undefined, {now})).toMatchObject({settled: {mended: 0}, summed: {hours: 0}});

			// Rows that arrive twice change nothing, nor do those that a host sends anew, once they are settled.
			await send(client, rows.slice(0, 100));
			await send(
				client,
				rows.slice(-100).map(row => ({...row, ver: String(BigInt(String(row.ver)) + (1n << 40n))})),
			);
			await settle(client, undefined);
			expect(await expectEqual(`${name}, rows replaced`, named)).toBeLessThan(all);
			await merge();
			await sumHours(client, {now});
			expect(await expectEqual(`${name}, summed again`, named)).toBe(all);
			// Rows alone say the same.
			await client.run('TRUNCATE TABLE summed_hour');
			expect(await expectEqual(`${name}, without sums`, named)).toBe(0);
		});
	}
});

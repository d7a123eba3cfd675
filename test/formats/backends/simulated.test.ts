import {describe, expect, test} from 'vitest';
import type {RequestFacts} from '../../../source/demo/request-facts.js';
import type {LogRecord} from '../../../source/demo/writing/log-record.js';
import type {Request} from '../../../source/request.js';
import {simulateBackend} from '../../simulated/backend.js';
import {generationNames, generations} from '../../simulated/generations.js';
import {type Rendering, renderRecords} from '../../simulated/render.js';
import {timedLines} from '../../simulated/timed-lines.js';
import {wrapLines, wrappers} from '../../simulated/wrap.js';
import {readLog} from './agentpress/read-log.js';

const renderings: readonly Rendering[] = ['plain', 'colour', 'json'];

const simulate = (generation: (typeof generationNames)[number], level: 'debug' | 'info') => {
	const records: LogRecord[] = [];
	const facts: RequestFacts[] = [];
	for (const step of simulateBackend({
		seed: 7,
		start: Date.parse(`${generation.length === 7 ? `${generation}-02` : generation}T08:00:00Z`),
		limit: 60,
		requestsPerSecond: 2,
		threads: 8,
		generation,
		level,
		noise: 1,
		billed: true,
	})) {
		records.push(...step.records);
		facts.push(...step.requests);
	}
	return {records, facts};
};

/** What a request and the facts of the simulation have in common, in a comparable form. */
const essence = ({thread, model, plan, usage}: Pick<Request, 'thread' | 'model' | 'plan' | 'usage'>) =>
	JSON.stringify({
		thread,
		model,
		blocks: plan?.blocks ?? [],
		skipped: plan?.skipped ?? [],
		usage: usage && [
			usage.uncached,
			usage.cacheRead,
			usage.cacheWrite5m,
			usage.cacheWrite1h,
			usage.output,
			usage.accuracy,
		],
	});

/** Of the wordings that tell one outcome, either may give the time: they lie milliseconds apart. */
const compare = (requests: readonly Request[], facts: readonly RequestFacts[]) => {
	expect(requests.map(essence).sort()).toEqual(facts.map(essence).sort());
	const times = facts.map(({time}) => time).sort((one, other) => one - other);
	const apart = requests.map(({time}, index) => Math.abs(time - (times[index] ?? 0)));
	expect(Math.max(...apart)).toBeLessThan(100);
};

describe.each(generationNames)('generation %s', generation => {
	describe.each(['debug', 'info'] as const)('at %s', level => {
		const {records, facts} = simulate(generation, level);

		test.each(renderings)('%s', rendering => {
			const log = renderRecords(records, rendering, {exceptions: generations[generation].exceptions});
			compare(readLog(log).requests, facts);
		});
	});
});

const wrapped = simulate('2025-10-16', 'debug');

describe.each(wrappers)('wrapped as %s', wrapper => {
	const {records, facts} = wrapped;

	test.each(renderings)('%s', rendering => {
		const lines = [...timedLines(records, rendering, {exceptions: 'dicts'})];
		const {requests} = readLog(`${wrapLines(lines, wrapper).join('\n')}\n`);
		compare(requests, facts);
	});
});

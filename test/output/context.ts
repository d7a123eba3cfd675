import {emptyTally} from '../../source/formats/format.js';
import type {LogReading} from '../../source/ingest/log-reading.js';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {OutputContext} from '../../source/output/context.js';

export const reading = (name: string, parts: Partial<LogReading> = {}): LogReading => ({
	facts: {log: {id: `/${name}`, name}, size: 43_000_000, read: 43_000_000, lines: 18_402, modified: 1_795_338_000_000},
	format: 'agentpress',
	tally: emptyTally(),
	sums: [],
	lastRead: undefined,
	...parts,
});

export const contextOf = (parts: Partial<OutputContext> = {}): OutputContext => ({
	zone: 'UTC',
	prices: priceList(),
	readings: [reading('logs/worker.log')],
	problems: [],
	...parts,
});

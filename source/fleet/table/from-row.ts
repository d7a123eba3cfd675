import {type Counted, coldKinds, coldStart, type Facts} from '../../metrics/breaks/facts.js';
import {breakCauses} from '../../metrics/breaks/loss.js';
import type {Lane} from '../../metrics/sums/parts.js';
import {accuracies, type Request, type Usage} from '../../request.js';
import {fromNumber, fromText} from './column-values.js';
import type {ColumnName} from './columns.js';
import {planFrom} from './plan-columns.js';
import {priceFrom} from './price-text.js';

/** A request of a fleet. Its id is the UUID in the table. */
export type FleetRequest = Counted & {
	readonly lane: Lane;
	/** The machine that sent the request. */
	readonly shipper: string;
	/** Decimal text, since it can exceed the range of exact numbers. */
	readonly ver: string;
	readonly place: number;
};

/** The columns that `fromRow` reads, in its order. */
const readColumns = [
	'thread',
	'time',
	'id',
	'ver',
	'shipper',
	'place',
	'host',
	'source',
	'line',
	'model',
	'project',
	'branch',
	'agent',
	'agent_id',
	'provider',
	'price',
	'client',
	'start',
	'settings',
	'price_factors',
	'iterations',
	'events',
	'rebuilt',
	'replica',
	'plan_only',
	'miss',
	'miss_tokens',
	'used',
	'cache_unknown',
	'accuracy',
	'uncached',
	'cache_read',
	'write_5m',
	'write_1h',
	'output',
	'gap',
	'read_5m',
	'read_1h',
	'cause',
	'detail',
	'loss_gap',
	'provisional_until',
	'lost_1h',
	'lost_5m',
	'lost_input',
	'small',
	'small_1h',
	'small_5m',
	'small_input',
	'cold',
	'plan',
] as const satisfies readonly ColumnName[];

type ReadColumn = (typeof readColumns)[number];

/** The columns of a query whose rows `fromRow` reads. 64-bit numbers may arrive as text or as inexact numbers. */
export const rowSelection = readColumns.map(name => (name === 'ver' ? 'toString(ver)' : name)).join(', ');

const places = Object.fromEntries(readColumns.map((name, index) => [name, index])) as Record<ReadColumn, number>;

/** Decodes a row of `rowSelection`. @throws SyntaxError for text that no shipper wrote */
export const fromRow = (row: readonly unknown[]): FleetRequest => {
	const word = (name: ReadColumn): string => String(row[places[name]] ?? '');
	const number = (name: ReadColumn): number => Number(row[places[name]] ?? 0);
	const text = <Value = string>(name: ReadColumn): Value | undefined => fromText<Value>(word(name));
	const optional = <Name extends keyof Request>(name: Name, value: Request[Name]) =>
		value === undefined ? {} : {[name]: value};

	const usage = number('used') === 1 ? usageFrom(number) : undefined;
	const names = {
		model: text('model'),
		project: text('project'),
		host: text('host'),
		agent: text('agent'),
		provider: text('provider'),
	};
	const replica = number('replica');
	const request: Request = {
		id: word('id'),
		time: number('time'),
		thread: text('thread'),
		...names,
		source: text('source') ?? '',
		plan: planFrom(word('plan')),
		usage,
		missReason: text('miss'),
		rebuilt: number('rebuilt') === 1,
		...optional('agentId', text('agent_id')),
		...optional('start', fromNumber(number('start'))),
		...optional('line', fromNumber(number('line'))),
		...optional('branch', text('branch')),
		...optional('client', text('client')),
		...optional('settings', text('settings')),
		...optional('priceFactors', text('price_factors')),
		...optional('missTokens', fromNumber(number('miss_tokens'))),
		...optional('iterations', text('iterations')),
		...optional('events', text('events')),
		...(replica > 0 && {replica: replica === 2}),
		...(number('plan_only') === 1 && {planOnly: true}),
	};
	return {
		request,
		facts: factsFrom(number, text('detail') ?? '', usage),
		lane: {...names, price: priceFrom(word('price'))},
		shipper: text('shipper') ?? '',
		ver: word('ver'),
		place: number('place'),
	};
};

type NumberOf = (name: ReadColumn) => number;

const usageFrom = (number: NumberOf): Usage => ({
	uncached: number('uncached'),
	cacheRead: number('cache_read'),
	cacheWrite5m: number('write_5m'),
	cacheWrite1h: number('write_1h'),
	output: number('output'),
	accuracy: accuracies[number('accuracy')] ?? 'partial',
	...(number('cache_unknown') === 1 && {cacheUnknown: true}),
});

const factsFrom = (number: NumberOf, detail: string, usage: Usage | undefined): Facts => {
	const cause = breakCauses[number('cause') - 1];
	const small = number('small');
	const kind = coldKinds[number('cold') - 1];
	return {
		gap: fromNumber(number('gap')),
		loss: cause && {
			cause,
			detail,
			gap: fromNumber(number('loss_gap')),
			provisionalUntil: fromNumber(number('provisional_until')),
			oneHour: number('lost_1h'),
			fiveMinutes: number('lost_5m'),
			input: number('lost_input'),
		},
		small:
			small === 0
				? undefined
				: {
						automatic: small === 2,
						oneHour: number('small_1h'),
						fiveMinutes: number('small_5m'),
						input: number('small_input'),
					},
		cold: kind && usage && coldStart(kind, usage),
		readFiveMinutes: number('read_5m'),
		readOneHour: number('read_1h'),
	};
};

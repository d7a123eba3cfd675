import type {Counted, Facts} from '../../metrics/breaks/facts.js';
import {coldKinds} from '../../metrics/breaks/facts.js';
import {breakCauses} from '../../metrics/breaks/loss.js';
import {tellsCache} from '../../metrics/measured.js';
import type {ModelPrices} from '../../metrics/money/pricing.js';
import {accuracies, type Usage} from '../../request.js';
import type {ColumnName} from './columns.js';
import {dayOf, hourOf, uuidOf} from './key.js';
import {planColumns} from './plan-columns.js';
import {priceText} from './price-text.js';
import {count, numberOf, textOf, whole, whole32} from './values.js';

/** A row as it is sent; columns that are left out are 0, '' or empty. */
export type Row = Readonly<Partial<Record<ColumnName, string | number | readonly number[]>>>;

/** What a row says beside its request. */
export type Sent = {
	/** Name of this machine in the fleet. */
	readonly shipper: string;
	/** See `versionOf`. */
	readonly ver: string;
	/** Order of arrival on this machine. */
	readonly place: number;
	/** What the request was paid at; undefined where that is not known. */
	readonly price: ModelPrices | undefined;
};

/** A request and its facts as a row. */
export const toRow = ({request, facts}: Counted, {shipper, ver, place, price}: Sent): Row => ({
	...keyColumns(request),
	ver,
	shipper: textOf(shipper),
	place,
	host: textOf(request.host),
	source: textOf(request.source),
	model: textOf(request.model),
	project: textOf(request.project),
	agent: textOf(request.agent),
	provider: textOf(request.provider),
	price: priceText(price),
	client: textOf(request.client),
	start: numberOf(request.start),
	settings: textOf(request.settings),
	price_factors: textOf(request.priceFactors),
	iterations: textOf(request.iterations),
	events: textOf(request.events),
	rebuilt: request.rebuilt ? 1 : 0,
	replica: request.replica === undefined ? 0 : request.replica ? 2 : 1,
	plan_only: request.planOnly ? 1 : 0,
	miss: textOf(request.missReason),
	miss_tokens: numberOf(request.missTokens),
	...(request.usage && usageColumns(request.usage)),
	...factsColumns(facts),
	...planColumns(request),
});

/** What is told of a request that the fleet shall forget. */
export type Forgotten = {readonly id: string; readonly time: number; readonly thread: string | undefined};

/** The tombstone of a request. */
export const tombstone = (forgotten: Forgotten, {shipper, ver}: Pick<Sent, 'shipper' | 'ver'>): Row => ({
	...keyColumns(forgotten),
	ver,
	gone: 1,
	shipper: textOf(shipper),
});

const keyColumns = ({id, time, thread}: Forgotten) => ({
	day: dayOf(time),
	hour: hourOf(time),
	thread: textOf(thread),
	time: whole(time),
	id: uuidOf(id),
});

const usageColumns = (usage: Usage) => ({
	used: 1,
	measured: tellsCache(usage) ? 1 : 0,
	cache_unknown: usage.cacheUnknown ? 1 : 0,
	accuracy: accuracies.indexOf(usage.accuracy),
	uncached: whole32(usage.uncached),
	cache_read: whole32(usage.cacheRead),
	write_5m: whole32(usage.cacheWrite5m),
	write_1h: whole32(usage.cacheWrite1h),
	output: whole32(usage.output),
});

const factsColumns = ({gap, loss, small, cold, readFiveMinutes, readOneHour}: Facts) => ({
	gap: numberOf(gap),
	read_5m: count(readFiveMinutes),
	read_1h: count(readOneHour),
	...(loss && {
		cause: breakCauses.indexOf(loss.cause) + 1,
		detail: textOf(loss.detail),
		loss_gap: numberOf(loss.gap),
		provisional_until: numberOf(loss.provisionalUntil),
		lost_1h: count(loss.oneHour),
		lost_5m: count(loss.fiveMinutes),
		lost_input: count(loss.input),
	}),
	...(small && {
		small: small.automatic ? 2 : 1,
		small_1h: count(small.oneHour),
		small_5m: count(small.fiveMinutes),
		small_input: count(small.input),
	}),
	...(cold && {cold: coldKinds.indexOf(cold.kind) + 1}),
});

import {type Counted, coldKinds} from '../../metrics/breaks/facts.js';
import {breakCauses} from '../../metrics/breaks/loss.js';
import {tellsCache} from '../../metrics/measured.js';
import type {ModelPrices} from '../../metrics/money/pricing.js';
import {accuracies} from '../../request.js';
import {count, numberOf, textOf, whole, whole32} from './column-values.js';
import type {ColumnName} from './columns.js';
import {dayOf, hourOf, uuidOf} from './key.js';
import {planColumns} from './plan-columns.js';
import {priceText} from './price-text.js';

/** A row to be sent; omitted columns are 0, '' or empty. */
export type Row = Readonly<Partial<Record<ColumnName, string | number | readonly number[]>>>;

/** What a row contains besides its request. */
type Sent = {
	/** Name of this machine in the fleet. */
	readonly shipper: string;
	/** See `versionOf`. */
	readonly ver: string;
	/** Order of arrival on this machine. */
	readonly place: number;
	/** The price of the request; undefined if unknown. */
	readonly price: ModelPrices | undefined;
};

/**
 * A request and its facts as a row with all columns. Written as one object literal, because combining objects with so
 * many properties takes six times as long.
 */
export const toRow = ({request, facts}: Counted, {shipper, ver, place, price}: Sent): Row => {
	const {id, time, thread, usage} = request;
	const {loss, small, cold} = facts;
	const plan = planColumns(request);
	return {
		day: dayOf(time),
		hour: hourOf(time),
		thread: textOf(thread),
		time: whole(time),
		id: uuidOf(id),
		ver,
		gone: 0,
		shipper: textOf(shipper),
		place,
		host: textOf(request.host),
		source: textOf(request.source),
		line: numberOf(request.line),
		model: textOf(request.model),
		project: textOf(request.project),
		branch: textOf(request.branch),
		agent: textOf(request.agent),
		agent_id: textOf(request.agentId),
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
		used: usage ? 1 : 0,
		measured: usage && tellsCache(usage) ? 1 : 0,
		cache_unknown: usage?.cacheUnknown ? 1 : 0,
		accuracy: usage ? accuracies.indexOf(usage.accuracy) : 0,
		uncached: whole32(usage?.uncached ?? 0),
		cache_read: whole32(usage?.cacheRead ?? 0),
		write_5m: whole32(usage?.cacheWrite5m ?? 0),
		write_1h: whole32(usage?.cacheWrite1h ?? 0),
		output: whole32(usage?.output ?? 0),
		gap: numberOf(facts.gap),
		read_5m: count(facts.readFiveMinutes),
		read_1h: count(facts.readOneHour),
		cause: loss ? breakCauses.indexOf(loss.cause) + 1 : 0,
		detail: textOf(loss?.detail),
		loss_gap: loss ? numberOf(loss.gap) : 0,
		provisional_until: loss ? numberOf(loss.provisionalUntil) : 0,
		lost_1h: count(loss?.oneHour ?? 0),
		lost_5m: count(loss?.fiveMinutes ?? 0),
		lost_input: count(loss?.input ?? 0),
		small: small ? (small.automatic ? 2 : 1) : 0,
		small_1h: count(small?.oneHour ?? 0),
		small_5m: count(small?.fiveMinutes ?? 0),
		small_input: count(small?.input ?? 0),
		cold: cold ? coldKinds.indexOf(cold.kind) + 1 : 0,
		plan: plan.plan,
		plan_flags: plan.plan_flags,
		slots: plan.slots,
		block_slots: plan.block_slots,
		block_tokens: plan.block_tokens,
		block_counted: plan.block_counted,
	};
};

/** Identifies a request that the fleet should delete. */
type Forgotten = {readonly id: string; readonly time: number; readonly thread: string | undefined};

/** The tombstone of a request; omitted columns are 0. */
export const tombstone = ({id, time, thread}: Forgotten, {shipper, ver}: Pick<Sent, 'shipper' | 'ver'>): Row => ({
	day: dayOf(time),
	hour: hourOf(time),
	thread: textOf(thread),
	time: whole(time),
	id: uuidOf(id),
	ver,
	gone: 1,
	shipper: textOf(shipper),
});

import type {ModelPrices, PriceList} from '../../../metrics/money/pricing.js';
import {priceKey, priceOfRequest} from '../../../metrics/sums/parts.js';
import type {KeptLane} from '../tables/lane-table.js';
import {laneRollup} from '../tables/rollup-tables.js';
import type {Tables} from '../tables/tables.js';
import {hour} from './levels.js';
import type {Writer} from './writer.js';

/** Prices change at most this often. */
const slot = hour / 2;

/** Larger than any request. */
const large = Number.MAX_SAFE_INTEGER;

/**
 * Moves requests whose prices have changed to lanes with the new prices. Checks lanes by period; single requests only
 * if that is inconclusive. To be run within a transaction.
 */
export const priceAnew = (tables: Tables, writer: Writer, prices: PriceList): void => {
	const check = slotCheck(prices);
	for (const {kept, time} of slotsInUse(tables)) {
		if (!check(kept, time)) {
			moveOthers(tables, writer, prices, kept, time);
		}
	}
	writer.finish();
};

/** The periods in which lanes have requests. */
const slotsInUse = ({database, lanes}: Tables): readonly {readonly kept: KeptLane; readonly time: number}[] =>
	database
		.rows(
			`SELECT DISTINCT lane, bucket - ((bucket % ${slot} + ${slot}) % ${slot}) FROM ${laneRollup.table}
			WHERE width = ?`,
			[laneRollup.widths[0] as number],
		)
		.map(([lane, time]) => ({kept: lanes.all().get(lane as number) as KeptLane, time: time as number}));

/** Whether all requests of a lane in a period certainly have the lane's price. */
const slotCheck = (prices: PriceList): ((kept: KeptLane, time: number) => boolean) => {
	const same = (one: ModelPrices | undefined, other: ModelPrices | undefined): boolean => keyOf(one) === keyOf(other);
	return ({lane: {model, price}}, time) => {
		const [small, huge] = [prices.find(model, time, 0), prices.find(model, time, large)];
		if (!same(small, huge)) {
			return false;
		}
		// A model without a known price has one only in plans.
		const now = small ?? (price && prices.findForPlan(model, time, 0));
		return same(now, price);
	};
};

const keyOf = (price: ModelPrices | undefined): string => (price ? priceKey(price) : '');

const moveOthers = (
	{lanes, requests}: Tables,
	writer: Writer,
	prices: PriceList,
	lane: KeptLane,
	time: number,
): void => {
	const rows = [...requests.between({from: time, to: time + slot, lanes: [lane.id]})];
	for (const kept of rows) {
		const price = priceOfRequest(kept.request, prices);
		const now = lanes.idOf({...lane.lane, price});
		if (now !== lane.id) {
			writer.move(kept, now);
		}
	}
};

import type {ShippingState} from '../fleet/shipping/shipping-state.js';
import type {Family} from '../output/prometheus/prometheus.js';

/** Metrics of shipping to a fleet; empty if nothing is shipped. */
export const shippingFamilies = (state: ShippingState | undefined): readonly Family[] => {
	if (!state) {
		return [];
	}
	const family = (name: string, kind: Family['kind'], help: string, value: number | undefined): Family => ({
		name: `hitrate_ship_${name}`,
		help,
		kind,
		samples: value === undefined ? [] : [{labels: {}, value}],
	});
	return [
		family('waiting', 'gauge', 'Requests that are still to be shipped', state.waiting),
		family('backlog', 'gauge', 'Of these, those that were there when shipping began', state.backlog),
		family('requests_total', 'counter', 'Requests shipped, and told to be forgotten, since this store is', state.sent),
		family('dropped_total', 'counter', 'Requests that retention deleted before they were shipped', state.dropped),
		family('failures_total', 'counter', 'Tries to ship that failed since the start', state.failures),
		family(
			'last_success_timestamp_seconds',
			'gauge',
			'When something was shipped last',
			state.sentAt === undefined ? undefined : state.sentAt / 1000,
		),
		family('up', 'gauge', 'Whether the last try to ship succeeded', state.problem === undefined ? 1 : 0),
	];
};

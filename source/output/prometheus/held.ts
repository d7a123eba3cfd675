import type {Family} from './prometheus.js';

/** Share of the value exposed last: a sum below that has lost requests, and not only corrected some. */
const fallen = 0.5;

/**
 * Keeps counters from falling a little. Sums fall when a request is corrected, as when its usage comes and it is no
 * longer unmeasured; Prometheus takes any fall for a restart at 0 and counts the whole sum once more. So a sum that
 * fell stands still until it has caught up. One that fell by more than half is let fall: requests were forgotten, and
 * a restart is what Prometheus knows that as.
 */
export class HeldCounters {
	readonly #exposed = new Map<string, number>();

	/** The families with their counters held; gauges as they are. */
	hold(families: readonly Family[]): readonly Family[] {
		return families.map(family =>
			family.kind === 'gauge'
				? family
				: {
						...family,
						samples: family.samples.map(sample => ({
							...sample,
							value: this.#hold(`${family.name} ${JSON.stringify(sample.labels)}`, sample.value),
						})),
					},
		);
	}

	#hold(series: string, value: number): number {
		const before = this.#exposed.get(series) ?? 0;
		const held = value < before && value >= before * fallen ? before : value;
		this.#exposed.set(series, held);
		return held;
	}
}

import type {Family} from './prometheus.js';

/** Share of the last exposed value: a sum below it has lost requests rather than corrected some. */
const fallen = 0.5;

/**
 * Keeps counters from decreasing slightly. Sums decrease when a request is corrected, for example when its usage
 * arrives and it is no longer unmeasured. Prometheus takes any decrease for a reset to 0 and would add the whole sum
 * again, so a sum that decreased is held until it has caught up. A decrease by more than half is passed on: requests
 * were deleted, which Prometheus rightly treats as a reset.
 */
export class HeldCounters {
	readonly #exposed = new Map<string, number>();

	/** Returns the families with their counters held; gauges are unchanged. */
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

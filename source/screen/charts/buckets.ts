/** Values at even steps of time, oldest first. `undefined` is a gap: the value is unknown, which is not 0. */
export type Series = readonly (number | undefined)[];

/** How several values are combined: by their mean or their sum. */
export type Aggregate = 'mean' | 'sum';

type Slice = {
	readonly value: number;
	/** The share of the value's own step that lies in the bucket: above 0, up to 1. */
	readonly share: number;
};

/** True if there is something to draw: not a gap, NaN or infinite. */
export const isPresent = (value: number | undefined): value is number => Number.isFinite(value);

const slicesOf = (values: Series, start: number, end: number): readonly Slice[] => {
	const slices: Slice[] = [];
	for (let index = Math.floor(start); index < Math.min(Math.ceil(end), values.length); index++) {
		const value = values[index];
		const share = Math.min(end, index + 1) - Math.max(start, index);
		if (isPresent(value) && share > 0) {
			slices.push({value, share});
		}
	}

	return slices;
};

const meanOf = (slices: readonly Slice[]): number => {
	const [first] = slices;
	if (slices.length === 1 && first) {
		return first.value;
	}

	const whole = slices.reduce((sum, {share}) => sum + share, 0);
	return slices.reduce((mean, {value, share}) => mean + value * (share / whole), 0);
};

/**
 * Brings a series to `count` buckets over the same span of time, more or fewer than there are values.
 * A value on a boundary counts in both buckets by its share, so that an uneven ratio (60 values in 40 buckets) shows no
 * pattern of its own; sums keep their total. Gaps count for nothing; a bucket that holds only gaps is a gap.
 */
export const resample = (values: Series, count: number, aggregate: Aggregate): Series =>
	Array.from({length: Math.max(0, Math.floor(count))}, (_, bucket) => {
		const slices = slicesOf(values, (bucket * values.length) / count, ((bucket + 1) * values.length) / count);
		if (slices.length === 0) {
			return undefined;
		}

		return aggregate === 'mean' ? meanOf(slices) : slices.reduce((sum, {value, share}) => sum + value * share, 0);
	});

/** A seeded generator: the same seed gives the same log on every machine. */
export type Random = {
	/** A number in [0, 1). */
	next(): number;
	/** A whole number between two inclusive limits. */
	integer(from: number, to: number): number;
	/** True with the given probability. */
	chance(probability: number): boolean;
	pick<Item>(items: readonly Item[]): Item;
	/** An exponentially distributed number with the given mean. */
	exponential(mean: number): number;
	/** Lower-case hexadecimal digits. */
	hex(digits: number): string;
	/** A text in the form of a version 4 UUID. */
	uuid(): string;
	/** A shuffled copy. */
	shuffle<Item>(items: readonly Item[]): Item[];
};

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for log lines. */
export const createRandom = (seed: number): Random => {
	let state = seed | 0;
	const bits = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return (mixed ^ (mixed >>> 14)) >>> 0;
	};

	const next = () => bits() / 0x1_0000_0000;
	const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
	const hex = (digits: number) => {
		let text = '';
		while (text.length < digits) {
			text += bits().toString(16).padStart(8, '0');
		}

		return text.slice(0, digits);
	};

	return {
		next,
		integer,
		hex,
		chance: probability => next() < probability,
		pick: <Item>(items: readonly Item[]) => {
			if (items.length === 0) {
				throw new RangeError('Nothing to pick from');
			}

			return items[integer(0, items.length - 1)] as Item;
		},
		exponential: mean => -Math.log(1 - next()) * mean,
		uuid: () => {
			const digits = hex(32);
			return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
		},
		shuffle: items => {
			const copy = [...items];
			for (let index = copy.length - 1; index > 0; index--) {
				const other = integer(0, index);
				[copy[index], copy[other]] = [copy[other] as (typeof copy)[number], copy[index] as (typeof copy)[number]];
			}

			return copy;
		},
	};
};

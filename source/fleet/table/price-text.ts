import type {ModelPrices} from '../../metrics/money/pricing.js';

type PriceRow = readonly [
	input: string,
	cacheRead: string,
	cacheWrite5m: string,
	cacheWrite1h: string,
	output: string | null,
	from: string,
	derived1h: 0 | 1,
];

/** Encodes prices as text, the same for equal prices; '' if unknown. Picodollars are decimal text. */
export const priceText = (price: ModelPrices | undefined): string => {
	if (!price) {
		return '';
	}
	const {input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, derived1h} = price;
	const row: PriceRow = [
		String(input),
		String(cacheRead),
		String(cacheWrite5m),
		String(cacheWrite1h),
		output === undefined ? null : String(output),
		from,
		derived1h ? 1 : 0,
	];
	return JSON.stringify(row);
};

/** Decodes the text of `priceText`. @throws SyntaxError for other text */
export const priceFrom = (text: string): ModelPrices | undefined => {
	if (text === '') {
		return undefined;
	}
	const [input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, derived1h] = JSON.parse(text) as PriceRow;
	return {
		input: BigInt(input),
		cacheRead: BigInt(cacheRead),
		cacheWrite5m: BigInt(cacheWrite5m),
		cacheWrite1h: BigInt(cacheWrite1h),
		output: output === null ? undefined : BigInt(output),
		from,
		derived1h: derived1h === 1,
	};
};

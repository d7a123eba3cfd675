import {UsageError} from '../errors.js';
import type {PriceOverride} from '../metrics/money/pricing.js';

const form =
	"write MODEL=INPUT,READ[,WRITE5M[,WRITE1H[,OUTPUT]]] in dollars per million tokens, or MODEL=OTHER-MODEL to price it like another, as in --price 'kortix/basic=claude-sonnet-4-5'";

/**
 * Parses prices by model, or the name of the model whose prices apply.
 * @throws UsageError if a text has another form
 */
export const parsePrices = (texts: readonly string[]): ReadonlyMap<string, PriceOverride | string> =>
	new Map(
		texts.map((text): readonly [string, PriceOverride | string] => {
			const equals = text.indexOf('=');
			const model = text.slice(0, equals).trim();
			const value = text.slice(equals + 1).trim();
			if (equals < 1 || model === '' || value === '') {
				throw new UsageError(`--price: "${text}" has no price: ${form}.`);
			}
			if (!value.includes(',') && /[a-z]/i.test(value)) {
				return [model, value];
			}
			const numbers = value.split(',').map(part => (part.trim() === '' ? Number.NaN : Number(part)));
			const [input, cacheRead, cacheWrite5m, cacheWrite1h, output] = numbers;
			if (
				input === undefined ||
				cacheRead === undefined ||
				numbers.length > 5 ||
				numbers.some(number => !(number >= 0 && number < 1e6))
			) {
				throw new UsageError(`--price: "${text}" is not a valid price: ${form}.`);
			}
			return [model, {input, cacheRead, cacheWrite5m, cacheWrite1h, output}];
		}),
	);

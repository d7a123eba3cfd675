import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import * as genaiPrices from '@pydantic/genai-prices';
import {expect, test} from 'vitest';
import {cliPath} from '../support/program.js';

const dist = dirname(cliPath);
const bundled = createRequire(cliPath)('./prices.js') as typeof genaiPrices;

type Provider = {readonly id: string};
type Model = readonly [id: string, prices: unknown, match?: unknown];

/** A line for each provider, followed by one for its models. */
const lines = readFileSync(join(dist, 'prices.jsonl'), 'utf8')
	.trimEnd()
	.split('\n')
	.map(line => JSON.parse(line) as unknown);
const providers = lines.flatMap((line, index) =>
	index % 2 === 0 ? {id: (line as Provider).id, models: lines[index + 1] as readonly Model[]} : [],
);

/** All texts in what a model's name is compared with. */
const textsIn = (match: unknown): readonly string[] =>
	typeof match === 'object' && match !== null ? Object.values(match).flatMap(textsIn) : [match].filter(isText);
const isText = (value: unknown): value is string => typeof value === 'string';

/** A model's id, and names that begin, end or go on like those that it goes by. */
const namesOf = ([id, , match]: Model): readonly string[] => [
	id,
	...textsIn(match).flatMap(text => [text, `${text}-20260101`, `my-${text}`]),
];

/** Before prices of conditions, at several hours of a day, and after all. */
const times = ['2023-01-01T00:00:00Z', '2026-02-03T02:00:00Z', '2026-02-03T17:30:00Z', '2030-01-01T12:00:00Z'];

test('the prices next to the bundle are those of the package', () => {
	const pricesOf = ({calcPrice}: typeof genaiPrices, model: string, providerId: string | undefined, time: string) => {
		const timestamp = new Date(time);
		const found = calcPrice({input_tokens: 1}, model, {...(providerId !== undefined && {providerId}), timestamp});
		return found && [found.provider.id, found.model.id, found.model.prices, found.model_price];
	};
	let priced = 0;
	for (const {id, models} of providers) {
		for (const model of models.flatMap(namesOf)) {
			for (const time of times) {
				for (const provider of [undefined, id]) {
					const prices = pricesOf(genaiPrices, model, provider, time);
					priced += prices ? 1 : 0;
					expect(pricesOf(bundled, model, provider, time), `${model} of ${provider}`).toEqual(prices);
				}
			}
		}
	}
	expect(priced).toBeGreaterThan(1000);
});

test('every model of the package is among them', () => {
	const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
	const text = readFileSync(join(dirname(entry), 'index.js'), 'utf8');
	const models = providers.flatMap(provider => provider.models);
	expect(models.length).toBe([...text.matchAll(/^ {8}match: \{/gm)].length);
});

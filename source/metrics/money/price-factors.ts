import type {PriceFactors} from '../../request.js';
import {modelKey} from '../models/model-key.js';

/** What a price is multiplied by, as a fraction, and why; `about` where the provider publishes no exact factor. */
type Factor = {readonly times: number; readonly by: number; readonly name: string; readonly about?: true};

/** Opus 4.6 and 4.7 cost six times as much in fast mode, later ones twice (Anthropic's prices; of 4.7 sources differ). */
const fastFactor = (key: string): number => (/opus-4-[67]/.test(key) ? 6 : /opus/.test(key) ? 2 : 1);

/** Anthropic asks for 10 % more from Claude 4.6 on where a model must run in the US. */
const asksForGeo = (key: string): boolean => /claude-[a-z]+-(?:4-[6-9]|[5-9])/.test(key);

const isOpenAi = (key: string): boolean => /gpt|codex|^o\d/.test(key);

const factorsOf = (model: string | undefined, {speed, inferenceGeo, tier}: PriceFactors): readonly Factor[] => {
	const key = modelKey(model);
	const fast = speed === 'fast' ? fastFactor(key) : 1;
	return [
		...(fast > 1 ? [{times: fast, by: 1, name: 'fast'}] : []),
		...(inferenceGeo?.toLowerCase() === 'us' && asksForGeo(key) ? [{times: 11, by: 10, name: 'US'}] : []),
		...(tier === 'batch' ? [{times: 1, by: 2, name: 'batch'}] : []),
		...(tier === 'flex' && isOpenAi(key) ? [{times: 1, by: 2, name: 'flex', about: true} as const] : []),
		...(tier === 'priority' && isOpenAi(key) ? [{times: 2, by: 1, name: 'priority', about: true} as const] : []),
	];
};

/** What the list price of a request is multiplied by; undefined if that is 1. */
export type TotalFactor = {
	readonly times: bigint;
	readonly by: bigint;
	/** `fast × 2, US × 1.1`; `about` where it is not published exactly. */
	readonly words: string;
};

/** What the list prices of a request are multiplied by for its tier, region or speed; undefined if by nothing. */
export const totalFactor = (model: string | undefined, factors: PriceFactors | undefined): TotalFactor | undefined => {
	const all = factors ? factorsOf(model, factors) : [];
	return all.length === 0
		? undefined
		: {
				times: all.reduce((product, {times}) => product * BigInt(times), 1n),
				by: all.reduce((product, {by}) => product * BigInt(by), 1n),
				words: all.map(({times, by, name, about}) => `${name} ${about ? 'about ' : ''}× ${times / by}`).join(', '),
			};
};

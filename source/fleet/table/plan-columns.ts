import {isBelowMinimum, isPlannedHit} from '../../metrics/plan.js';
import {blockLimit, blockNumbers} from '../../metrics/sums/measures.js';
import type {Plan, Request} from '../../request.js';
import {textOf, whole, whole32} from './column-values.js';
import {planFlags} from './columns.js';

const slotOf = (number: number): number => Math.max(1, Math.min(whole(number), blockNumbers.length));

type PlanColumns = {
	readonly plan: string;
	readonly plan_flags: number;
	readonly slots: readonly number[];
	readonly block_slots: readonly number[];
	readonly block_tokens: readonly number[];
	readonly block_counted: readonly number[];
};

const noPlan: PlanColumns = {plan: '', plan_flags: 0, slots: [], block_slots: [], block_tokens: [], block_counted: []};

/** A plan's columns. */
export const planColumns = (request: Request): PlanColumns => {
	const {plan} = request;
	if (!plan) {
		return noPlan;
	}
	const {blocks, skipped, unsupported, hidden} = plan;
	const all = blocks.map(({number}) => slotOf(number));
	const slots = [...new Set(all)];
	const flags = {
		planned: true,
		unsupported,
		tooSmall: skipped.length > 0,
		reused: blocks.some(({reused}) => reused),
		atLimit: slots.length >= blockLimit,
		belowMinimum: isBelowMinimum(request),
		marks: blocks.length > 0,
		hidden: hidden === true,
		plannedHit: isPlannedHit(request),
	} satisfies Record<keyof typeof planFlags, boolean>;
	return {
		plan: textOf(rowOf(plan)),
		plan_flags: (Object.keys(planFlags) as (keyof typeof planFlags)[]).reduce(
			(sum, name) => sum + (flags[name] ? planFlags[name] : 0),
			0,
		),
		slots,
		block_slots: all,
		block_tokens: blocks.map(({tokens}) => whole32(tokens ?? 0)),
		block_counted: blocks.map(({tokens}) => (tokens === undefined ? 0 : 1)),
	};
};

type PlanRow = readonly [
	unsupported: 0 | 1,
	hidden: 0 | 1,
	blocks: readonly (readonly [number: number, tokens: number | null, reused: 0 | 1])[],
	skipped: readonly (readonly [part: Plan['skipped'][number]['part'], tokens: number | null])[],
];

const rowOf = ({unsupported, hidden, blocks, skipped}: Plan): PlanRow => [
	unsupported ? 1 : 0,
	hidden ? 1 : 0,
	blocks.map(({number, tokens, reused}) => [number, tokens ?? null, reused ? 1 : 0]),
	skipped.map(({part, tokens}) => [part, tokens ?? null]),
];

/** Decodes the column `plan`. @throws SyntaxError for text that `planColumns` did not write */
export const planFrom = (text: string): Plan | undefined => {
	if (text === '') {
		return undefined;
	}
	const [unsupported, hidden, blocks, skipped] = JSON.parse(text) as PlanRow;
	return {
		blocks: blocks.map(([number, tokens, reused]) => ({number, tokens: tokens ?? undefined, reused: reused === 1})),
		skipped: skipped.map(([part, tokens]) => ({part, tokens: tokens ?? undefined})),
		unsupported: unsupported === 1,
		...(hidden === 1 && {hidden: true}),
	};
};

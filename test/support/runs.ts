import process from 'node:process';

/**
 * How much of what takes long is tried: a sixth, as in `npm test`, unless told otherwise. `npm run test:whole` tries all
 * of it, and HITRATE_RUNS=10 ten times as many cases.
 */
const share = Number(process.env.HITRATE_RUNS ?? 1 / 6);

/** How many cases a property is tried with. @param whole how many in `npm run test:whole` */
export const runs = (whole: number): number => Math.ceil(whole * share);

/**
 * Those of some cases that are tried.
 * @param turn tells which: over all turns each case has its own
 */
export const tried = <Case>(cases: readonly Case[], turn: number): readonly Case[] => {
	const count = Math.min(cases.length, Math.ceil(cases.length * share));
	return Array.from({length: count}, (_, index) => cases[(turn * count + index) % cases.length] as Case);
};

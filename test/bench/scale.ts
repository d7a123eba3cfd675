import process from 'node:process';

/** How large what is measured gets: `HITRATE_BENCH=small` tries it out, `full` takes an hour and 12 GB of disk; `HITRATE_BENCH_RUNS` is how often. */
const scales = {
	small: {megabytes: [10, 100], files: [1, 100, 1000], requests: [1, 1000, 100_000], runs: 1},
	usual: {megabytes: [10, 100, 500], files: [1, 100, 1000, 10_000], requests: [1, 1000, 100_000, 1_000_000], runs: 3},
	full: {
		megabytes: [10, 100, 500, 2000, 4000],
		files: [1, 100, 1000, 10_000, 100_000],
		requests: [1, 1000, 100_000, 1_000_000, 10_000_000],
		runs: 5,
	},
} as const;

type Scale = {
	/** Of logs, growing. */
	readonly megabytes: readonly number[];
	/** Transcripts, growing. */
	readonly files: readonly number[];
	/** In the store, growing. */
	readonly requests: readonly number[];
	/** Of each command; the median counts. */
	readonly runs: number;
};

const {HITRATE_BENCH = 'usual', HITRATE_BENCH_RUNS} = process.env;
const chosen: Scale = scales[HITRATE_BENCH as keyof typeof scales] ?? scales.usual;

export const scale: Scale = {...chosen, runs: Number(HITRATE_BENCH_RUNS ?? chosen.runs)};

/** The log that is not about growth: 2 GB where they are wanted. */
export const largeLog = Math.min(2000, scale.megabytes.at(-1) ?? 0);

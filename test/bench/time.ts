import {spawnSync} from 'node:child_process';
import {environment} from '../support/program.js';
import {median} from './table.js';

export type TimeOptions = {
	readonly runs?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** Called before each run, and not timed; gives more of its environment. */
	readonly before?: () => Readonly<Record<string, string>>;
};

/** Milliseconds that a command takes, the median of some runs; undefined where it is not installed. */
export const time = (
	command: string,
	args: readonly string[],
	{runs = 5, env = {}, before = () => ({})}: TimeOptions = {},
): number | undefined => {
	const taken: number[] = [];
	for (let run = 0; run < runs; run++) {
		const more = before();
		const start = performance.now();
		const {error} = spawnSync(command, args, {
			env: environment({...env, ...more}),
			stdio: ['ignore', 'pipe', 'ignore'],
			maxBuffer: 1 << 30,
		});
		if (error) {
			return undefined;
		}
		taken.push(performance.now() - start);
	}
	return median(taken);
};

/** How many times as fast as the baseline; above 1 is faster. */
export const against = (own: number, baseline: number | undefined): string =>
	baseline === undefined
		? 'absent here'
		: `${(baseline / own).toFixed(2)} × (${Math.round(own)} ms against ${Math.round(baseline)} ms)`;

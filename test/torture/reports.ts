import {expect} from 'vitest';
import {run} from '../support/program.js';
import type {Home} from './homes.js';

/** What of a report is compared: the figures, and each request. */
export type Figures = {
	readonly total_events: number;
	readonly unmeasured: number;
	readonly cache_events: readonly {readonly id: string; readonly type: string; readonly output: number | null}[];
	readonly problems: readonly unknown[];
	readonly tokens: unknown;
};

/** When it was made, and what this one process happened to read, differ between reports that say the same. */
export const figuresOf = (json: string): Figures => {
	const {generated_at, logs, skipped, ...figures} = JSON.parse(json);
	return figures;
};

/** The figures that `hitrate report` prints, which must have nothing to complain of. */
export const report = async (log: string, {env}: Home, cwd?: string): Promise<Figures> => {
	const {code, stderr, stdout} = await run(['report', log, '--json'], {env, ...(cwd === undefined ? {} : {cwd})});
	if (code !== 0 || stderr !== '') {
		throw new Error(`the report ended with ${code}: ${stderr}`);
	}
	return figuresOf(stdout);
};

/** The requests of a report whose outcome was read; the others are calls alone, which have no number. */
export const measuredIn = ({cache_events}: Pick<Figures, 'cache_events'>) => ({
	cache_events: cache_events.filter(({type}) => type !== 'unmeasured'),
});

/**
 * What is wrong with a list of numbered requests, of which there should be each once; a few of those at fault. A call
 * without its outcome has no number, and is unknown.
 */
export const faultsOf = ({cache_events}: Pick<Figures, 'cache_events'>, requests: number) => {
	const times = new Map<number | null, number>();
	for (const {output} of cache_events) {
		times.set(output, (times.get(output) ?? 0) + 1);
	}
	const lost = Array.from({length: requests}, (_, number) => number).filter(number => !times.has(number));
	const doubled = [...times].filter(([, count]) => count > 1).map(([number]) => number);
	const unknown = [...times.keys()].filter(number => number === null || number >= requests);
	const told = (numbers: readonly (number | null)[]) => ({count: numbers.length, such: numbers.slice(0, few)});
	return {lost: told(lost), doubled: told(doubled), unknown: told(unknown)};
};

const few = 5;
const none = {count: 0, such: []};

/** No request is lost, and none counts twice. */
export const faultless: ReturnType<typeof faultsOf> = {lost: none, doubled: none, unknown: none};

/** Two reports must say the same. Of long lists, what differs first is told. */
export const expectSame = (found: Figures, expected: Figures): void => {
	const rows = (figures: Figures) => new Map(figures.cache_events.map(event => [event.id, JSON.stringify(event)]));
	const [one, other] = [rows(found), rows(expected)];
	const differing = (of: typeof one, from: typeof one) =>
		[...of].filter(([id, row]) => from.get(id) !== row).map(([, row]) => row);
	const [added, missing] = [differing(one, other), differing(other, one)];
	expect({added: added.slice(0, few), missing: missing.slice(0, few)}).toEqual({added: [], missing: []});
	expect(found.cache_events.length).toBe(one.size);
	expect({...found, cache_events: []}).toEqual({...expected, cache_events: []});
};

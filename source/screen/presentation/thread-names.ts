import type {Report} from '../../metrics/report/report.js';
import {columnsOf} from '../../text/columns-of.js';
import {sanitize} from '../../text/sanitize.js';
import {perReport} from '../report/per-report.js';

const headLength = 8;
/** Numbers of trailing characters tried if the beginning does not distinguish a name. */
const tailLengths = [4, 6, 8, 12] as const;
/** Names up to this many characters are not shortened. */
const shortEnough = 12;
const widest = 26;

/** Distinguishes names with the same beginning by their ends: `38b74f08…af02`. */
const distinguished = (names: readonly string[]): readonly (readonly [name: string, short: string])[] => {
	const shortened = (tail: number) =>
		names.map(name => {
			const short = `${name.slice(0, headLength)}…${name.slice(-tail)}`;
			return name.length <= Math.max(shortEnough, short.length) ? name : short;
		});
	const attempts = tailLengths.map(shortened);
	const found = attempts.find(attempt => new Set(attempt).size === names.length) ?? names;
	return names.map((name, index) => [name, found[index] ?? name]);
};

/** The names of all threads that a report tells of: of very many, some are in its lists of requests or breaks alone. */
const namesIn = ({threads, requests, breaks, warm}: Report): ReadonlySet<string | undefined> =>
	new Set([
		...threads.map(({name}) => name),
		...requests.map(({thread}) => thread),
		...breaks.all.map(({request}) => request.thread),
		...warm.chains.map(({thread}) => thread),
	]);

const shortNames = perReport((report): ReadonlyMap<string, string> => {
	const alike = new Map<string, string[]>();
	for (const name of namesIn(report)) {
		if (name !== undefined) {
			const head = name.slice(0, headLength);
			const group = alike.get(head);
			if (group) {
				group.push(name);
			} else {
				alike.set(head, [name]);
			}
		}
	}
	return new Map(
		[...alike].flatMap(([head, names]): readonly (readonly [string, string])[] =>
			names.length === 1 ? names.map(name => [name, name.length <= shortEnough ? name : head]) : distinguished(names),
		),
	);
});

/** A thread's id, as short as it can be among those of the report. Safe to print. */
export const threadName = (report: Report, name: string | undefined): string => {
	if (name === undefined) {
		return 'no thread';
	}
	const short = sanitize(shortNames(report).get(name) ?? name.slice(0, headLength));
	return columnsOf(short) <= widest ? short : sanitize(short, {columns: widest});
};

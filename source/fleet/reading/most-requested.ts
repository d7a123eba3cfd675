import {grouped} from '../../metrics/grouped.js';
import type {GroupsFound, Question, SourcesFound} from '../../metrics/ledger.js';
import {byText} from '../../text/by-text.js';
import {chunksOf} from '../table/chunks.js';
import {literal} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import {logSumTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import type {Hours} from './hours.js';
import {amongGroups, type Selection, selectionOf} from './selection.js';
import {allDimensions, type Key, type KeyedPart, keyOf, sumsOf, type Wanted} from './sums.js';
import {host} from './where.js';

/** A question about projects, machines or logs. */
export type GroupQuestion = Extract<Question, {kind: 'groups' | 'sources'}>;

const isOfGroups = (question: Question | undefined): question is GroupQuestion =>
	question?.kind === 'groups' || question?.kind === 'sources';

/** Up to so many groups are read by one statement for all questions; else each question reads its own. */
const mostTogether = 2000;

/**
 * Answers questions about the projects, machines and logs of windows: how many there are, and the sums of those with the
 * most requests. Questions about the same window share their statements.
 * @param together number of groups up to which they share the second one as well
 */
export const groupsOf = (
	ask: Ask,
	questions: readonly (Question | undefined)[],
	hours: Hours,
	together = mostTogether,
): ReadonlyMap<Question, Promise<GroupsFound | SourcesFound>> => {
	const ofWindows = grouped(questions.filter(isOfGroups), ({window, filter}) => JSON.stringify([window, filter]));
	return new Map(
		[...ofWindows.values()].flatMap(some => {
			const [{window, filter}] = some as [GroupQuestion];
			const answers = answersOf(ask, some, selectionOf(window, filter, logSumTable, hours), together);
			return some.map(
				(question, index) => [question, answers.then(all => all[index] as GroupsFound | SourcesFound)] as const,
			);
		}),
	);
};

/** The columns that a question groups by. */
const columnsOf = (question: GroupQuestion): readonly string[] =>
	question.kind === 'sources' ? ['shipper', 'source'] : [question.by];

const keyFor = (column: string): Key => (column === 'host' ? {ofRow: host, ofKept: column} : keyOf(column));

/** Ranks all groups by their numbers of requests, then reads all sums of the top groups. */
const answersOf = async (
	ask: Ask,
	questions: readonly GroupQuestion[],
	selection: Selection,
	together: number,
): Promise<readonly (GroupsFound | SourcesFound)[]> => {
	const columns = [...new Set(questions.flatMap(columnsOf))];
	const found = await sumsOf(ask, {keys: columns.map(keyFor), by: [], detail: 'requests'}, selection);
	const rankings = questions.map(question => rankingOf(question, found, namesIn(columns, columnsOf(question))));
	if (found.length > together) {
		return Promise.all(
			questions.map((question, index) => ownSums(ask, question, rankings[index] as Ranking, selection)),
		);
	}
	const wanted: Wanted = {keys: columns.map(keyFor), by: allDimensions, detail: 'groups'};
	const parts = found.length === 0 ? [] : await sumsOf(ask, wanted, selection);
	return questions.map((question, index) => {
		const own = columnsOf(question);
		const names = namesIn(columns, own);
		const {count, wanted} = rankings[index] as Ranking;
		return answerFrom(
			question,
			count,
			parts.filter(part => wanted.has(JSON.stringify(names(part)))).map(part => ({...part, keys: names(part)})),
		);
	});
};

/** The names by which a question groups a part that is grouped by more columns. */
const namesIn =
	(columns: readonly string[], own: readonly string[]) =>
	({keys}: KeyedPart): readonly string[] =>
		own.map(column => String(keys[columns.indexOf(column)]));

/** Number of groups, and the top groups with how many of their requests stored sums cover. */
type Ranking = {
	readonly count: number;
	readonly wanted: ReadonlyMap<string, {readonly names: readonly string[]; readonly held: number}>;
};

const rankingOf = (
	{kind, most}: GroupQuestion,
	found: readonly KeyedPart[],
	namesOf: (part: KeyedPart) => readonly string[],
): Ranking => {
	const groups = [...grouped(found, part => JSON.stringify(namesOf(part)))].map(([key, of]) => ({
		key,
		names: namesOf(of[0] as KeyedPart),
		requests: of.reduce((sum, {measures}) => sum + measures.requests, 0),
		held: of.reduce((sum, {held}) => sum + held, 0),
		lastTime: Math.max(...of.map(({lastTime}) => lastTime)),
	}));
	const sorted = groups.sort(
		(one, other) =>
			other.requests - one.requests ||
			(kind === 'sources' ? byText(logName(one.names), logName(other.names)) : other.lastTime - one.lastTime),
	);
	return {
		count: groups.length,
		wanted: new Map(sorted.slice(0, most).map(({key, names, held}) => [key, {names, held}])),
	};
};

/** The name of a log in a fleet. */
const logName = ([shipper, source]: readonly unknown[]): string =>
	`${nameFrom(shipper) ?? ''}:${nameFrom(source) ?? ''}`;

/** Reads the sums of the top groups of one question. */
const ownSums = async (
	ask: Ask,
	question: GroupQuestion,
	{count, wanted}: Ranking,
	selection: Selection,
): Promise<GroupsFound | SourcesFound> => {
	const columns = columnsOf(question);
	const keys = columns.map(keyFor);
	const sums: Wanted =
		question.kind === 'sources'
			? {keys, by: allDimensions, detail: 'threads'}
			: {keys, by: ['model', question.by], detail: 'groups'};
	const held = new Map<string, number>();
	for (const {names, held: of} of wanted.values()) {
		held.set(`(${names.map(literal).join(', ')})`, of);
	}
	const among = (tuples: readonly string[]): Selection => {
		const [ofRow, ofKept] = (['ofRow', 'ofKept'] as const).map(
			name => `(${keys.map(key => key[name]).join(', ')}) IN (${tuples.join(', ')})`,
		) as [string, string];
		const ofThem = tuples.reduce((sum, tuple) => sum + (held.get(tuple) ?? 0), 0);
		return amongGroups(selection, {ofRow: {others: ofRow}, ofKept, held: ofThem});
	};
	const parts = await Promise.all(
		(count <= wanted.size ? [selection] : chunksOf([...held.keys()]).map(among)).map(one => sumsOf(ask, sums, one)),
	);
	return answerFrom(question, count, parts.flat());
};

/** @param found parts with the names that the question groups by as keys */
const answerFrom = ({kind}: GroupQuestion, count: number, found: readonly KeyedPart[]): GroupsFound | SourcesFound =>
	kind === 'sources'
		? {count, parts: found.map(({keys, held: _, ...part}) => ({...part, source: logName(keys)}))}
		: {count, parts: found.map(({keys: _, held: __, ...part}) => part)};

import {expect, test} from 'vitest';
import {lanesOf} from '../../../source/fleet/reading/lanes.js';
import type {Question} from '../../../source/metrics/ledger.js';
import {totalOf} from '../../../source/metrics/sums/parts.js';

const begin = 480_000 * 3_600_000;
const hour = 3_600_000;

/** A server that tells of so many requests before, between and after the edges it is asked for; it notes the questions. */
const server = (requests: readonly number[]) => {
	const asked: string[] = [];
	/** Of no kind, and with nothing but requests. */
	const sums = (count: number) => [[String(count)], [], [], [], [[], [], []]];
	return {
		asked,
		ask: async (sql: string) => {
			asked.push(sql);
			return requests.map((count, before) => [before, '', 0, 0, 0, begin, begin + before, ...sums(count), '0', 1]);
		},
	};
};

const noHours = {states: new Map(), kept: new Map(), days: new Map()};

const parts = (from: number, to: number, name = 'custom'): Extract<Question, {kind: 'parts'}> => ({
	kind: 'parts',
	window: {from: begin + from * hour, to: begin + to * hour, name},
	filter: {},
	by: [],
});

const requestsOf = async (answers: ReturnType<typeof lanesOf>, question: Question): Promise<number> =>
	totalOf((await answers.get(question)) ?? []).requests;

test('windows that overlap or follow one another are one statement, and each gets its own', async () => {
	const questions = [parts(0, 2), parts(2, 4), parts(1, 2), parts(0, 4)];
	const {ask, asked} = server([100, 1, 20, 300]);
	const answers = lanesOf(ask, [undefined, ...questions], noHours);
	expect(await Promise.all(questions.map(question => requestsOf(answers, question)))).toEqual([21, 300, 20, 321]);
	expect(asked).toHaveLength(1);
});

test('windows with a gap between them are not: nobody wants what is there', async () => {
	const questions = [parts(0, 2), parts(9, 10)];
	const {ask, asked} = server([0, 7]);
	const answers = lanesOf(ask, questions, noHours);
	expect(await Promise.all(questions.map(question => requestsOf(answers, question)))).toEqual([7, 7]);
	expect(asked).toHaveLength(2);
});

test('what has no time is in a window of everything alone', async () => {
	const questions = [parts(0, 2, 'all'), parts(1, 2)];
	const answers = lanesOf(server([100, 1, 20]).ask, questions, noHours);
	expect(await Promise.all(questions.map(question => requestsOf(answers, question)))).toEqual([121, 20]);
});

test('what lanes do not tell is not answered', () => {
	const ofProject: Question = {...parts(0, 2), by: ['project']};
	const filtered: Question = {...parts(0, 2), filter: {host: 'web1'}};
	const narrow: Question = {...parts(0, 2), by: [], kind: 'slices', width: 60_000};
	expect(lanesOf(server([]).ask, [ofProject, filtered, narrow], noHours).size).toBe(0);
});

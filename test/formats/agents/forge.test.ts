import {expect, test} from 'vitest';
import {forge} from '../../../source/formats/agents/forge/forge.js';
import {Requests, readInto, toLines} from './read-transcript.js';

const at = (minute: number) =>
	new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString().replace('T', ' ').slice(0, 19);

type Answer = readonly [input: number, cached: number];

/** The row of a conversation with these answers, the last of which came at that minute. */
const row = (minute: number, answers: readonly Answer[], {model = 'gpt-5', kind = 'actual', asked = 0} = {}) => ({
	database: 'forge',
	table: 'conversations',
	conversation_id: 'c1',
	created_at: at(0),
	updated_at: at(minute),
	context: JSON.stringify({
		messages: [
			...answers.map(([input, cached]) => ({
				model,
				usage: {
					prompt_tokens: {[kind]: input},
					completion_tokens: {actual: 5},
					total_tokens: {[kind]: input + 5},
					cached_tokens: {actual: cached},
				},
			})),
			...Array.from({length: asked}, () => ({model: null, usage: null})),
		],
	}),
});

/** What is known when rows are read in this order, each by a process of its own. */
const read = (...rows: readonly object[]) => {
	const requests = new Requests();
	for (const one of rows) {
		readInto(requests, forge, toLines(one));
	}
	return requests.all().toSorted((one, other) => one.time - other.time || one.id.localeCompare(other.id));
};

const placesOf = (...rows: readonly object[]) =>
	read(...rows).map(({thread, time}) => [thread, Math.ceil((time - Date.UTC(2026, 10, 20, 10)) / 60_000)]);

test('an answer that is read as it happens has its own time, also when the conversation continues', () => {
	const expected = [
		['c1', 1],
		['c1', 40],
	];
	const rows = [
		row(1, [[900, 0]]),
		row(40, [
			[900, 0],
			[1500, 800],
		]),
	];
	expect(placesOf(...rows)).toEqual(expected);
	// The next message was sent, and is not answered yet.
	expect(
		placesOf(
			...rows,
			row(
				90,
				[
					[900, 0],
					[1500, 800],
				],
				{asked: 1},
			),
		),
	).toEqual(expected);
});

test('of a conversation that is read later only the last time is known: the others are in no chain', () => {
	expect(
		placesOf(
			row(40, [
				[900, 0],
				[1500, 800],
			]),
		),
	).toEqual([
		[undefined, 40],
		['c1', 40],
	]);
	expect(
		placesOf(
			row(4, [
				[900, 0],
				[1500, 800],
			]),
		),
	).toEqual([
		['c1', 4],
		['c1', 4],
	]);
});

test('what a compaction dropped stays, and what it kept is not counted again', () => {
	const before = row(2, [
		[900, 0],
		[1500, 800],
		[1500, 800],
	]);
	const after = row(3, [
		[1500, 800],
		[1500, 800],
		[400, 0],
	]);
	expect(read(before, after).map(({usage}) => usage?.cacheRead)).toEqual([0, 800, 800, 0]);
});

test('counts that Forge guessed are estimated; Claude on Bedrock reports read and written as one, which is neither', () => {
	expect(read(row(1, [[900, 0]], {kind: 'approx'}))[0]?.usage).toMatchObject({uncached: 900, accuracy: 'estimated'});
	expect(read(row(1, [[900, 80]], {model: 'us.anthropic.claude-sonnet-4-5'}))[0]?.usage).toMatchObject({
		uncached: 900,
		cacheRead: 0,
		cacheUnknown: true,
	});
});

test('a context that is no JSON, or contains something else, is ignored', () => {
	expect(read({...row(1, []), context: null})).toEqual([]);
	expect(
		read({...row(1, []), context: '{"messages": [1, null, {"usage": 5}, {"usage": {"prompt_tokens": "x"}}]}'}),
	).toEqual([]);
});

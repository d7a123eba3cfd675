import {expect, test} from 'vitest';
import {zed} from '../../../source/formats/agents/zed/zed.js';
import {Requests, readInto, toLines} from './read-transcript.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();
/** The row of a thread after so many turns, the last of which ended at that minute. */
const row = (turns: number, minute: number, {asked = turns, ...parts}: {asked?: number} & object = {}) => ({
	database: 'zed',
	table: 'threads',
	id: 's1',
	created_at: at(0),
	updated_at: at(minute),
	data: JSON.stringify({
		model: {provider: 'anthropic', model: 'claude-sonnet-4-5'},
		messages: Array.from({length: asked}, (_, index) => ({User: {id: `u${index}`}})),
		request_token_usage: Object.fromEntries(
			Array.from({length: turns}, (_, index) => [`u${index}`, {input_tokens: 10 + index, output_tokens: 5}]),
		),
	}),
	...parts,
});

/** What is known of each request when rows are read in this order, each by a process of its own. */
const read = (...rows: readonly object[]) => {
	const requests = new Requests();
	for (const one of rows) {
		readInto(requests, zed, toLines(one));
	}
	return [...requests.all()]
		.sort((one, other) => one.id.localeCompare(other.id))
		.map(({thread, time}) => [thread, Math.ceil((time - Date.UTC(2026, 10, 20, 10)) / 60_000)]);
};

test('a request that is read as it happens has its own time, also when the thread continues', () => {
	const expected = [
		['s1', 1],
		['s1', 40],
		['s1', 90],
	];
	const rows = [row(1, 1), row(2, 40), row(3, 90)];
	expect(read(...rows)).toEqual(expected);
	// A fourth message was sent, and is not answered yet.
	expect(read(...rows, row(3, 200, {asked: 4}))).toEqual(expected);
});

test('of a thread that is read later only the last time is known: the others are in no chain', () => {
	expect(read(row(3, 90))).toEqual([
		[undefined, 90],
		[undefined, 90],
		['s1', 90],
	]);
	expect(read(row(2, 4))).toEqual([
		['s1', 4],
		['s1', 4],
	]);
	expect(read(row(2, 4, {...{created_at: null}}))).toEqual([
		[undefined, 4],
		['s1', 4],
	]);
});

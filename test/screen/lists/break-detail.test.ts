import {expect, test} from 'vitest';
import type {Request, ThreadEvent} from '../../../source/request.js';
import {startLocation} from '../../../source/screen/state/location.js';
import {hour, measured, testNow} from '../../support/requests.js';
import {drawn} from '../../support/screens.js';
import {snapshotOf} from '../../support/snapshots.js';

const command: ThreadEvent = {kind: 'slash command', detail: '/mcp\u001b[2J'};

/** Twelve requests a minute apart, three of which stop at 19,923 tokens. */
const story = (events: readonly ThreadEvent[], reads: readonly number[]): readonly Request[] =>
	Array.from({length: 12}, (_, minute) => {
		const read = minute === 0 ? 0 : (reads[[4, 6, 8].indexOf(minute)] ?? 60_000);
		return measured(
			{uncached: 10, cacheRead: read, cacheWrite1h: 60_000 - read},
			{
				time: testNow - 2 * hour + minute * 60_000,
				project: '/srv/shop',
				branch: 'main',
				source: 'a.jsonl',
				line: minute + 1,
				events: [4, 6, 8].includes(minute) ? events : [],
			},
		);
	});

const breaksPage = (requests: readonly Request[]) =>
	drawn(snapshotOf({requests}), {location: {...startLocation, tab: 'breaks'}, columns: 120, rows: 40}).text;

test('a break shows what happened before it and whether others stopped there', () => {
	const text = breaksPage(story([command], [19_923, 19_923, 19_923]));
	expect(text).toContain('before it: slash command /mcp�[2J');
	expect(text).toMatch(/a\.jsonl:\d+ · branch main · claude-sonnet-4-5/);
	expect(text).toContain('Stopped at 19,923 tokens in 3 of 3 breaks of project /srv/shop');
});

test('a break without either says neither', () => {
	const text = breaksPage(story([], [19_923, 25_000, 30_000]));
	expect(text).toContain('were paid for again');
	expect(text).not.toMatch(/before it|Stopped at/);
});

test('a thread shows what happened before its selected break', () => {
	const requests = story([command], [19_923, 19_923, 19_923]);
	const page = (key: string | undefined) =>
		drawn(snapshotOf({requests}), {
			location: {
				...startLocation,
				tab: 'threads',
				thread: {name: 'thread-1', cursor: {index: 0, offset: 0, key}},
			},
			columns: 120,
			rows: 40,
		}).text;
	expect(page(requests[4]?.id)).toContain('before it: slash command /mcp');
	expect(page(requests[5]?.id)).not.toContain('before it');
});

import {expect, test} from 'vitest';
import {activityOf, activityWords, ago} from '../../../source/screen/presentation/activity-words.js';
import {hour, measured, testNow} from '../../support/requests.js';
import {readingOf, snapshotOf} from '../../support/snapshots.js';

const minute = hour / 60;

/** A log whose file was written, and whose last request came, so many milliseconds ago. */
const log = (written: number | undefined, request: number) =>
	snapshotOf({
		requests: [measured({cacheRead: 1}, {time: testNow - request})],
		readings: [
			{
				...readingOf('worker.log', {modified: written === undefined ? undefined : testNow - written}),
				lastRead: testNow - 2 * minute,
			},
		],
		requestRate: 0,
	});

test.each([
	['a line just now, a request hours ago', log(minute, 9 * hour), {kind: 'live'}],
	['an old log, touched just now', log(minute, 9 * 24 * hour), {kind: 'ended', since: testNow - 9 * 24 * hour}],
	['a line 3 h ago', log(3 * hour, 5 * hour), {kind: 'quiet', since: testNow - 5 * hour, what: 'request'}],
	['a file whose clock is behind that of its requests', log(3 * hour, minute), {kind: 'live'}],
	['an old log, copied an hour ago', log(hour, 50 * hour), {kind: 'ended', since: testNow - 50 * hour}],
	['a stream that brought something', log(undefined, 5 * hour), {kind: 'live'}],
	['a stream of an old log', log(undefined, 50 * hour), {kind: 'ended', since: testNow - 50 * hour}],
	['nothing read yet', snapshotOf({readings: [], requestRate: 0}), {kind: 'waiting'}],
	['a request from a clock that is ahead', log(3 * hour, -2 * hour), {kind: 'live'}],
] as const)('%s', (_, snapshot, expected) => {
	expect(activityOf(snapshot)).toEqual(expected);
});

test('of several logs the one that was written last counts', () => {
	const readings = [readingOf('a.log', {modified: testNow - 9 * hour}), readingOf('b.log', {modified: testNow})];
	expect(activityOf(snapshotOf({readings, requestRate: 0}))).toEqual({kind: 'live'});
});

test('logs that are gone are missing, as soon as it is all of them', () => {
	const readings = [readingOf('a.log', {modified: testNow}), readingOf('b.log', {modified: testNow})];
	const gone = (...names: string[]) =>
		activityOf(
			snapshotOf({
				readings,
				problems: names.map(name => ({kind: 'missing', name, message: 'is gone', count: 1})),
				requestRate: 0,
			}),
		);
	expect(gone('a.log')).toEqual({kind: 'live'});
	expect(gone('a.log', 'b.log')).toEqual({kind: 'missing'});
});

test('says how long ago in one unit', () => {
	expect([30_000, 7 * minute, 59 * minute, 3.9 * hour, 47 * hour, 50 * hour].map(length => ago(0, length))).toEqual([
		'just now',
		'7 min ago',
		'59 min ago',
		'3 h ago',
		'47 h ago',
		'2 d ago',
	]);
});

test('of a log without a request only when it was written is told: it may be empty', () => {
	const empty = snapshotOf({readings: [readingOf('a.log', {modified: testNow - 6 * minute})], requestRate: 0});
	expect(activityWords(activityOf(empty), testNow, 'UTC')).toEqual(['written 6 min ago', '6 min ago']);
});

test('what has ended says when, shorter where there is no room', () => {
	expect(activityWords({kind: 'ended', since: testNow - 72 * hour}, testNow, 'UTC')).toEqual([
		'last request 19 Nov 2026 09:12',
		'last request 3 d ago',
		'3 d ago',
	]);
});

import {expect, test} from 'vitest';
import {age} from '../../../source/screen/presentation/age.js';
import {filterWords} from '../../../source/screen/presentation/filter-words.js';
import {modelNames, modelsPhrase, shortModel} from '../../../source/screen/presentation/model-names.js';
import {shortProjects} from '../../../source/screen/presentation/project-names.js';
import {rowTime, shortGap} from '../../../source/screen/presentation/row-time.js';
import {threadName} from '../../../source/screen/presentation/thread-names.js';
import {measured, reportFor, testNow} from '../../support/requests.js';

const namesOf = (...names: readonly string[]) => {
	const report = reportFor(names.map(thread => measured({cacheRead: 9}, {thread})));
	return names.map(name => threadName(report, name));
};

test('threads have the shortest names that distinguish them', () => {
	expect(namesOf('98e616ec-1111-4222-8333-444455556666', '0452196d-1111-4222-8333-444455556666')).toEqual([
		'98e616ec',
		'0452196d',
	]);
	expect(namesOf('thread-1', 'thread-10', 'thread-100')).toEqual(['thread-1', 'thread-10', 'thread-100']);
	const session = '645ea3df-c4e9-44bc-b333-22c9893c32c5';
	expect(namesOf(session, `${session}/agent-a1b2`, `${session}/agent-c3d4`)).toEqual([
		'645ea3df…32c5',
		'645ea3df…a1b2',
		'645ea3df…c3d4',
	]);
	expect(namesOf(`${session}-1-same`, `${session}-2-same`)).toEqual(['645ea3df…1-same', '645ea3df…2-same']);
});

test('threads that stand in no list but those of requests, breaks or what is warm are told apart, too', () => {
	const names = ['98e616ec-1111', '98e616ec-2222', '98e616ec-3333'];
	const report = reportFor(names.map(thread => measured({cacheRead: 9}, {thread})));
	expect(report.requests).toHaveLength(3);
	for (const threads of [[], report.threads.slice(0, 1)]) {
		expect(names.map(name => threadName({...report, threads}, name))).toEqual(names);
	}
});

test('a thread that nobody knows, and one of hostile characters', () => {
	const report = reportFor([measured({cacheRead: 9}, {thread: `\u001B[2J${'模'.repeat(90)}`})]);
	expect(threadName(report, undefined)).toBe('no thread');
	expect(threadName(report, 'elsewhere-and-long')).toBe('elsewher');
	expect(threadName(report, report.threads[0]?.name)).toMatch(/^\uFFFD\[2J模+$/);
});

test.each([
	['anthropic/claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
	['bedrock/us.anthropic.claude-sonnet-4-20250514-v1:0', 'claude-sonnet-4'],
	['openrouter/openai/gpt-4.1', 'gpt-4.1'],
	['gpt-5-mini', 'gpt-5-mini'],
	['x/', 'x/'],
	[undefined, 'n/a'],
])('the model %s is %s', (model, expected) => {
	expect(shortModel(model)).toBe(expected);
});

test('models that differ only in their prefix are distinguished', () => {
	const name = modelNames(['a/claude-opus-4', 'b/claude-opus-4']);
	expect(name('a/claude-opus-4')).toBe('a/claude-opus-4');
	expect(modelsPhrase(['a/x', 'a/y'])).toBe('y +1');
});

test.each([
	[['/Users/a/wks/cli/'], ['cli']],
	[['C:\\work\\api'], ['api']],
	[['/'], ['/']],
	[
		['/home/a/suna/cli', '/home/a/web/cli', '/home/a/web'],
		['suna/cli', 'web/cli', 'web'],
	],
	[
		['/a/x/cli', '/b/x/cli'],
		['a/x/cli', 'b/x/cli'],
	],
	[
		['cli', '/home/cli', '/home/cli/'],
		['cli', '/home/cli', '/home/cli/'],
	],
])('of the projects %j no two look alike', (projects, names) => {
	const found = shortProjects(projects);
	expect(projects.map(project => found.get(project))).toEqual(names);
});

test.each([
	[-5, 'now'],
	[59_000, 'now'],
	[60_000, '1 min ago'],
	[59 * 60_000, '59 min ago'],
	[17 * 3_600_000, '17 h ago'],
	[47 * 3_600_000, '47 h ago'],
	[4 * 86_400_000, '4 d ago'],
])('%d ms ago is %s', (past, words) => {
	expect(age(1e12 - past, 1e12)).toBe(words);
});

test.each([
	[-5, '0 s'],
	[12_400, '12 s'],
	[59_700, '1 m'],
	[11 * 60_000, '11 m'],
	[59.6 * 60_000, '1 h'],
	[47 * 3_600_000, '47 h'],
	[48 * 3_600_000, '2 d'],
	[4000 * 86_400_000, '999d'],
])('a gap of %d ms is %s', (gap, expected) => {
	expect(shortGap(gap)).toBe(expected);
	expect(shortGap(gap).length).toBeLessThanOrEqual(4);
});

test('times have their date where a day does not hold them', () => {
	expect(rowTime(testNow, {from: testNow - 86_400_000, to: testNow}, 'UTC')).toBe('09:12:00');
	expect(rowTime(testNow, {from: testNow - 86_400_001, to: testNow}, 'UTC')).toBe('22 Nov 09:12');
});

test('filters have words', () => {
	expect(filterWords({})).toBeUndefined();
	expect(filterWords({text: ''})).toBeUndefined();
	expect(filterWords({text: 'son\u0007', thread: 'a1'})).toBe('thread a1 /son\uFFFD');
});

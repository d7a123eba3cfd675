import {describe, expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {inputFlags} from '../../source/flags/input.js';
import {namedFormats} from '../../source/formats/names.js';
import type {Flags} from '../../source/session/defaults.js';
import {parseOptions} from '../../source/session/options.js';

const now = Date.UTC(2026, 10, 23, 2);
const parse = (flags: Flags, sources: readonly string[] = []) => parseOptions(sources, {tz: 'UTC', ...flags}, now);

test('sources are the arguments and --log-file', () => {
	expect(parse({logFile: ['b.log']}, ['a.log', '-']).sources).toEqual(['a.log', '-', 'b.log']);
});

test('output that is to be there and not to be there', () => {
	expect(() => parse({json: true, quiet: true})).toThrow('--json and --quiet contradict each other');
	expect(() => parse({export: ['a.json', '-'], quiet: true})).toThrow('--export - and --quiet contradict each other');
	expect(parse({export: ['a.json'], quiet: true})).toMatchObject({quiet: true, exports: ['a.json']});
});

describe('the window', () => {
	test.each<[Flags, unknown]>([
		[{}, undefined],
		[{days: '7'}, {kind: 'last', length: 7 * 86_400_000, name: '7d'}],
		[{days: '0.5'}, {kind: 'last', length: 43_200_000, name: '0.5d'}],
		[{window: '15m'}, {kind: 'last', length: 900_000, name: '15m'}],
		[{window: 'all'}, {kind: 'all'}],
		[{since: '2h ago'}, {kind: 'between', from: now - 7_200_000, to: undefined}],
		[{until: '2026-11-22'}, {kind: 'between', from: undefined, to: Date.UTC(2026, 10, 22)}],
	])('%j', (flags, expected) => {
		expect(parse(flags).window).toEqual(expected);
	});

	test.each<[Flags, RegExp]>([
		[{days: '0'}, /^--days: "0" is not a valid number of days/],
		[{days: '-3'}, /^--days/],
		[{days: 'seven'}, /^--days/],
		[{days: ''}, /^--days/],
		[{window: '2y'}, /^--window: "2y" is not a window\. Use a length like 15m/],
		[{window: '1h', days: '3'}, /^--days and --window both name a window/],
		[{since: '2026-11-22', until: '2026-11-22'}, /is not before/],
		[{since: '2026-12-24'}, /is in the future/],
		[{tz: 'Nowhere'}, /^--tz/],
		[{logTz: 'Nowhere'}, /^--log-tz/],
		[{format: 'syslog'}, /^--format: unknown format "syslog"\. Choose from .*claude-code, .*usage-lines.*\.$/],
		[{promptTokens: 'yes'}, /^--prompt-tokens/],
	])('%j is refused', (flags, message) => {
		expect(() => parse(flags)).toThrow(message);
		expect(() => parse(flags)).toThrow(UsageError);
	});
});

describe('which requests', () => {
	test.each<[Flags, unknown]>([
		[{}, {}],
		[{model: 'sonnet'}, {model: 'sonnet'}],
		[
			{project: 'a', thread: 'b1'},
			{project: 'a', thread: 'b1'},
		],
	])('%j', (flags, filter) => {
		expect(parse(flags).filter).toEqual(filter);
	});

	test('--model also names the model of logs that name none', () => {
		expect(parse({model: 'gpt-5-mini'}).planModel).toBe('gpt-5-mini');
	});

	test.each<[Flags, RegExp]>([
		[{model: ''}, /^--model: say a piece of the name of the model/],
		[{project: ' '}, /^--project: /],
		[{thread: ''}, /^--thread: /],
		[{groupBy: 'colour'}, /^--group-by: unknown grouping "colour"\. Choose from model, thread, project, .*source\.$/],
		[{groupBy: ''}, /^--group-by/],
	])('%j is refused', (flags, message) => {
		expect(() => parse(flags)).toThrow(message);
		expect(() => parse(flags)).toThrow(UsageError);
	});

	test.each(['model', 'thread', 'project', 'source'])('by %s', groupBy => {
		expect(parse({groupBy}).groupBy).toBe(groupBy);
	});
});

describe('prices', () => {
	test('by numbers or by another model', () => {
		expect([...parse({price: ['kortix/basic=3,0.3', 'm=1, 0.1, 1.25, 2, 5', 'x=claude-haiku-4-5']}).prices]).toEqual([
			['kortix/basic', {input: 3, cacheRead: 0.3, cacheWrite5m: undefined, cacheWrite1h: undefined, output: undefined}],
			['m', {input: 1, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2, output: 5}],
			['x', 'claude-haiku-4-5'],
		]);
	});

	test.each(['', 'm', '=3,0.3', 'm=', 'm=3', 'm=3,', 'm=1,2,3,4,5,6', 'm=1..2,3'])('"%s" is refused', price => {
		expect(() => parse({price: [price]})).toThrow(/^--price: /);
	});
});

test('the help of --format names every format that can be asked for', () => {
	for (const name of namedFormats) {
		expect(inputFlags.format.meaning.split(/: |, | or /)).toContain(name);
	}
});

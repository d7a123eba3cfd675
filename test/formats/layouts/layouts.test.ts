import fc from 'fast-check';
import {expect, test, vi} from 'vitest';
import {BackendSession} from '../../../source/formats/backends/backend-session.js';
import {Layouts} from '../../../source/formats/layouts/layouts.js';
import {type Scanner, scanner} from '../../../source/scanner/scanner.js';
import {runs} from '../../support/runs.js';
import {formatContext} from '../reading.js';
import {type Values, writers} from './writers.js';

/** The same bytes where the scanner has files read to. */
const inMemory = (bytes: Buffer): Buffer => {
	const {buffer} = scanner() as Scanner;
	bytes.copy(buffer);
	return buffer.subarray(0, bytes.length);
};

/** All that a log tells, read by the places of values or by decoding every line. @param place where its pieces lie */
const told = (log: Buffer, lines: Scanner | null, place = (bytes: Buffer) => bytes) => {
	const requests: unknown[] = [];
	const session = new BackendSession(
		formatContext({
			source: 'app.log',
			onRequest: request => requests.push(request),
			onRetract: () => requests.push('retract'),
		}),
		undefined,
		lines,
	);
	const middle = log.indexOf('\n', log.length / 2) + 1;
	session.lines(place(log.subarray(0, middle)), true);
	session.lines(place(log.subarray(middle)), false);
	return {requests, saved: JSON.parse(JSON.stringify(session.save()))};
};

/** Mostly values as writers write them, so that layouts are learned; now and then others. */
const mostly = (usual: fc.Arbitrary<string>, others: readonly string[]) =>
	fc.oneof({arbitrary: usual, weight: 12}, {arbitrary: fc.constantFrom(...others), weight: 1});

const two = (number: number) => String(number).padStart(2, '0');

const arbitraries: {readonly [name in keyof Values]: fc.Arbitrary<string>} = {
	count: mostly(fc.constantFrom('0', '7', '12', '345', '6789', '20480'), [
		'-1',
		'1.5',
		'1e3',
		'01',
		'null',
		'"12"',
		'"1,234"',
		'NaN',
		'1234567890123',
		'999999999999',
		'{}',
		'[1]',
	]),
	name: mostly(
		fc.constantFrom('"a"', '"thread-1"', '"thread-2"', '"claude-sonnet-4-5"', '"gpt-5"', '"req_9"', '"00ff9a"'),
		[
			'""',
			'"12345"',
			'"0xAB"',
			'"batch_req_1"',
			'"msg_01"',
			'"é"',
			'"a\\"b"',
			'"\\u0061"',
			'"{\\"input_tokens\\":5}"',
			'"{}"',
			'null',
			'7',
			'{"id":"x"}',
			`"${'long'.repeat(80)}"`,
		],
	),
	user: mostly(fc.constantFrom('"user_1"', '"user_1"', '"ann"', '"user_0af_account__session_0123abcd-45"'), [
		'"user_session_short"',
		'"user_session_0123456789_session_abcdefghij"',
		'"user_session_0123456789abcdef!"',
		'""',
		'null',
		'7',
	]),
	time: mostly(
		fc
			.tuple(
				fc.constantFrom('T', 'T', ' '),
				fc.integer({min: 0, max: 59}).map(two),
				fc.constantFrom('.125', '.125', '.003366', '.5', ',25', '.123456789', ''),
				fc.constantFrom('Z', 'Z', 'Z', '+00:00', '-0730', '+02:00'),
			)
			.map(([separator, second, fraction, zone]) => `"2026-11-01${separator}08:15:${second}${fraction}${zone}"`),
		[
			'"2026-11-01 08:15:30"',
			'"2024-02-29T23:59:59.999Z"',
			'"2023-02-29T23:59:59.999Z"',
			'"2026-11-01T08:15:60Z"',
			'"2026-11-01T24:15:30Z"',
			'"2026-11-01T08:60:30Z"',
			'"1969-12-31T08:15:30Z"',
			'"1970-01-01T00:30:00+01:00"',
			'"2026-13-01T08:15:30Z"',
			'"2026-00-10T08:15:30Z"',
			'"2026-11-00T08:15:30Z"',
			'"2026-11-01t08:15:30z"',
			'"2026-11-01T08:15:30.Z"',
			'"2026-11-01T08:15:30.5"',
			'"2026-11-01T08:15:30+1:00"',
			'"2026-11-01T08:15:30+99:99"',
			'"2026-11-01T08:15:30Z "',
			'" 2026-11-01T08:15:30Z"',
			'"2026-11-01T8:15:30Z"',
			'"2026-11-01T08:15Z"',
			`"2026-11-01T08:15:30.${'1'.repeat(43)}Z"`,
			`"2026-11-01T08:15:30.${'1'.repeat(44)}Z"`,
			'"1793491200123"',
			'"1793491200000000000"',
			'"17934912000000000001"',
			'"2026-02-30T08:15:30Z"',
			'"yesterday"',
			'""',
			'null',
			'1793491200',
			'"1793491200.5"',
			'{}',
		],
	),
	instant: mostly(
		fc.integer({min: 0, max: 99}).map(second => `17934912${two(second)}`),
		[
			'1793491200.25',
			'"1793491200000000000"',
			'"1793491200410000123"',
			'"01793491200"',
			'"99999999999999999999"',
			'1793491200410000123',
			'1793491200123',
			'12',
			'-5',
			'1e9',
			'null',
			'"x"',
		],
	),
	number: mostly(fc.constantFrom('0', '12', '250', '1.25', '90000'), [
		'-3',
		'1e3',
		'"12"',
		'null',
		'99999999999',
		'[]',
	]),
	message: mostly(fc.constantFrom('"call 1 done"', '"call 22 done"', '"other words"'), [
		'"{\\"usage\\":{\\"input_tokens\\":1,\\"output_tokens\\":2}}"',
		'"é"',
		'"a\\nb"',
		'{"text":"x"}',
		`"${'many words '.repeat(40)}"`,
	]),
	anything: mostly(
		fc.constantFrom('[]', '[{"role":"user","content":"what is {\\"input_tokens\\":1}?"}]', '["x",null]'),
		[
			'{}',
			'{"usage":{"input_tokens":3,"output_tokens":4}}',
			'{"event":"CACHE HIT: 5/6 tokens"}',
			'"{\\"a\\":1}"',
			'null',
			'[1,]',
		],
	),
};

const valuesOf = (gen: fc.GeneratorValue): Values =>
	Object.fromEntries(
		Object.entries(arbitraries).map(([name, arbitrary]) => [name, () => gen(() => arbitrary)]),
	) as unknown as Values;

/** Damage that a line may take. */
const damages: readonly ((line: string, at: number) => string)[] = [
	line => line,
	line => line,
	line => line,
	line => line,
	(line, at) => line.slice(0, at) + line.slice(at + 1),
	(line, at) => `${line.slice(0, at)}"${line.slice(at)}`,
	(line, at) => `${line.slice(0, at)}\\${line.slice(at)}`,
	(line, at) => line.slice(0, at),
	line => line.replace('{', '{"usage":{"input_tokens":9,"output_tokens":9},'),
	line => line.replace('{', '{ '),
	line => line.replace(/}$/, ',"level":"error"}'),
	line => line.replace(/}$/, ',"timestamp":"2026-11-01T09:00:00.000Z"}'),
	line => `worker-1  | ${line}`,
	line => `${line} took=1s`,
	line => `${line}${line}`,
	line => `\uFEFF${line}`,
	line => `${line}\r`,
	line => JSON.stringify({log: `${line}\n`, stream: 'stdout', time: '2026-11-01T08:15:30.5Z'}),
];

/** What other writers put before the lines of a log. */
const prefixesOfLogs: readonly (readonly string[])[] = [
	[''],
	[''],
	['worker-1  | '],
	['api-1     | ', 'worker-1  | ', ''],
	['[pod/api-1/api] ', '2026-11-27T10:00:00Z stdout F '],
	['done: ', 'x [', 'usage=', 'say "'],
	['TIME stdout F ', 'TIME stdout F ', 'TIME stderr F ', 'TIME stdout P '],
	['TIME INFO app: ', 'TIME INFO app: ', 'TIME WARNING app: '],
	['TIME | INFO | a.b:c:12 - '],
	['api-1  | TIME ', 'worker-1  | TIME ', 'worker-1  | '],
	['TIME TIME ', '2026-11-01T08:15:30Z TIME ', '<134>1 TIME web app 812 - - '],
	['Nov  7 CLOCK web app[12]: ', 'Nov 27 CLOCK web app[12]: ', '<134>Nov 27 CLOCK web app: '],
	['CLOCK worker.1 | ', 'CLOCK web.1    | ', 'at CLOCK ', 'Nov 27 CLOCK 2026 app: '],
	['TIME Z ', 'TIME UTC ', 'TIME +01:00 ', 'at TIME5 '],
];

/** Without a day, or at least without a year. */
const clocks = fc.constantFrom(
	'08:15:30',
	'08:15:31',
	'10:00:00',
	'23:59:59.123',
	'99:99:99',
	'8:15:30',
	'08:15:30.1234567',
);

const names = Object.keys(writers);
/** What carries a line that tells no time has one beside those of prefixes: which one holds is left to decoding. */
const carriers = new Set([
	'docker json-file',
	'docker json-file of a line without a time',
	'journald JSON',
	'GELF',
	'Cloud Logging',
	'a prefix in a line that is carried',
	'row of LiteLLM in docker',
]);

test.each(names)('%s: lines that are alike are learned', name => {
	const read = vi.spyOn(Layouts.prototype, 'read');
	const usual = (text: string) => () => text;
	const values: Values = {
		count: usual('120'),
		name: usual('"a-1"'),
		user: usual('"user_1"'),
		time: usual('"2026-11-01T08:15:30.125Z"'),
		instant: usual('1793491230'),
		number: usual('12'),
		message: usual('"done"'),
		anything: usual('[{"role":"user"}]'),
	};
	const line = (writers[name] as (values: Values) => string)(values);
	const prefixes = ['', 'worker-1  | ', 'Nov 27 08:15:30 web app[12]: '];
	const known = [...prefixes, ...(carriers.has(name) ? [] : ['2026-11-01T08:15:30.125Z stdout F '])].map(prefix => {
		read.mockClear();
		told(Buffer.from(`${prefix}${line}\n`.repeat(20)), scanner() as Scanner);
		return read.mock.results.filter(({value}) => value !== undefined).length;
	});
	read.mockRestore();
	// Of lines with many slots more are decoded first.
	expect(known.every(lines => lines >= 16)).toBe(true);
});

const mostLines = 60;

/**
 * Lines of one writer for the most part, damaged or not. They are not made smaller where a comparison fails: they are of
 * so many choices that it would take hours and gigabytes. Lines are left out instead.
 */
const linesOf = (name: string) =>
	fc.noShrink(
		fc.gen().map(gen => {
			const values = valuesOf(gen);
			const prefixes = gen(() => fc.constantFrom(...prefixesOfLogs));
			return Array.from({length: mostLines}, () => {
				const writer = gen(() => fc.oneof({arbitrary: fc.constant(name), weight: 6}, fc.constantFrom(...names)));
				const line = (writers[writer] as (values: Values) => string)(values);
				const damage = gen(() => fc.constantFrom(...damages));
				const prefix = gen(() => fc.constantFrom(...prefixes));
				return (
					prefix
						.replaceAll('TIME', () => values.time().replaceAll('"', ''))
						.replaceAll('CLOCK', () => gen(() => clocks)) +
					damage(
						line,
						gen(() => fc.integer({min: 0, max: line.length})),
					)
				);
			});
		}),
	);

test.each(names)('%s: what is read by its place is what decoding reads', name => {
	fc.assert(
		fc.property(
			linesOf(name),
			fc.subarray([...Array(mostLines).keys()], {minLength: 10}),
			fc.constantFrom('\n', '\n', '\r\n'),
			(lines, chosen, lineEnd) => {
				const log = Buffer.from(chosen.map(number => lines[number] + lineEnd).join(''));
				const decodedAlone = told(log, null);
				expect(told(log, scanner() as Scanner)).toEqual(decodedAlone);
				expect(told(log, scanner() as Scanner, inMemory)).toEqual(decodedAlone);
			},
		),
		{numRuns: runs(30)},
	);
});

test('a line of a time that is hardly one teaches nothing', () => {
	const line = (start: string, end: string) =>
		`{"start_time":"${start}","end_time":"${end}","usage":{"input_tokens":10,"cache_read_input_tokens":9000,"output_tokens":5}}\n`;
	const odd = line('2026-11-01T08:15:57Z', '1970-01-01T00:30:00+01:00');
	const log = Buffer.from(odd.repeat(6) + line('2026-11-01T08:15:02Z', '2026-11-01T08:15:15Z').repeat(6));
	expect(told(log, scanner() as Scanner)).toEqual(told(log, null));
});

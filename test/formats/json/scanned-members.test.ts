import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Member, Places} from '../../../source/formats/json/member.js';
import {skimObject} from '../../../source/formats/json/skim-object.js';
import {type MemberScanner, memberScanner} from '../../../source/scanner/member-scanner.js';
import {withInner} from '../../../source/scanner/member-table.js';
import {shortTranscript} from '../../bench/transcripts.js';
import {runs} from '../../support/runs.js';
import {agentLogs, linesOf} from '../records/agents.js';
import {names, object, value} from './arbitrary-json.js';

const usage = new Member('usage', {inside: [new Member('input_tokens'), new Member('type')]});
const message = new Member('message', {inside: [new Member('id'), usage, new Member('content')]});
const wanted = [
	new Member('type', {among: ['assistant', 'user', 'm9', '']}),
	message,
	...['id', 'content', 'timestamp', 'payload', 'sessionId'].map(name => new Member(name)),
];
const all = withInner(wanted);
const places = new Places(new Int32Array(2 * all.length));
for (const [number, member] of all.entries()) {
	member.standAt(places, number);
}
const scanner = memberScanner() as MemberScanner;

/** What is said of each line, and where in it the members of objects are, by the scanner. */
const scanned = (bytes: Buffer) => {
	const found: unknown[] = [];
	scanner.lines(bytes, wanted, (kind, start, end) => {
		const spans = [...scanner.spans.subarray(0, 2 * all.length)];
		const texts = all.map((_, number) => scanner.bytes.toString('latin1', spans[2 * number], spans[2 * number + 1]));
		found.push([kind, bytes.toString('latin1', start, end), kind === 'object' && texts]);
	});
	return found;
};

/** The same by JavaScript. */
const skimmed = (bytes: Buffer) => {
	const found: unknown[] = [];
	const lines = bytes.toString('latin1').split('\n');
	for (const line of lines.at(-1) === '' ? lines.slice(0, -1) : lines) {
		const kind = skimObject(Buffer.from(line, 'latin1'), wanted, places);
		const {spans} = places;
		const texts = all.map((_, number) => line.slice(spans[2 * number], spans[2 * number + 1]));
		found.push([kind, line, kind === 'object' && texts]);
	}
	return found;
};

const compare = (text: string | Buffer) => {
	const bytes = Buffer.from(text);
	expect(scanned(bytes)).toEqual(skimmed(bytes));
};

/** Pieces of texts as they stand in JSON: runs of backslashes around the places where the scanner looks anew. */
const text = fc
	.array(
		fc.oneof(
			fc.nat(70).map(length => 'x'.repeat(length)),
			fc.nat(9).map(length => '\\'.repeat(length)),
			fc.constantFrom('\\"', '\\n', '\\/', '\\u00e9', '\\u00g9', '\\u12', '\\x', '\\\u00e9', '\t', '\u0000', 'é', '"'),
		),
		{maxLength: 12},
	)
	.map(pieces => pieces.join(''));

test('texts with any escapes end where they end in JavaScript', () => {
	fc.assert(
		fc.property(text, text, (one, other) => {
			compare(`{"content":"${one}","message":{"id":"${other}","${one}":5}}\n{"id":"${one}`);
		}),
		{numRuns: runs(6000)},
	);
});

test('members and what is refused are the same as in JavaScript', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof(object, value), {maxLength: 4}), fc.boolean(), (texts, isEnded) => {
			compare(texts.join('\n') + (isEnded ? '\n' : ''));
		}),
		{numRuns: runs(3000)},
	);
});

const piece = fc.constantFrom(
	...names.map(name => `"${name}":`),
	'"type":"assistant"',
	'"type":"us\\u0065r"',
	'"type":"other"',
	...['{', '}', '[', ']', ',', ':', '"', ' ', '\r', '\n', '\0', '-', '0', '12', '1.5e-7', '.', 'true', 'fals', 'null'],
);

test('so are those of damaged lines, of all that agents write', () => {
	const lines = [...agentLogs.map(linesOf), shortTranscript(1)].join('').split('\n');
	fc.assert(
		fc.property(
			fc.constantFrom(...lines),
			fc.array(fc.tuple(fc.nat(2000), fc.nat(4), piece), {maxLength: 3}),
			(line, cuts) => {
				let text = line;
				for (const [at, removed, inserted] of cuts) {
					const from = at % (text.length + 1);
					text = text.slice(0, from) + inserted + text.slice(from + removed);
				}
				compare(text);
			},
		),
		{numRuns: runs(6000)},
	);
});

test('nesting is refused at the same depth', () => {
	for (const depth of [198, 199, 200, 201, 202, 300, 20_000]) {
		for (const [open, close] of [
			['[', ']'],
			['{"a":', '}'],
		] as const) {
			compare(`{"content":${open.repeat(depth)}1${close.repeat(depth)}}`);
			compare(`{"message":{"usage":{"input_tokens":${open.repeat(depth)}1${close.repeat(depth)}}}}`);
		}
	}
});

test('what is told of watched members is what JavaScript finds in them, line by line', () => {
	const telling = ['"tool_use"', 'm', '[Request'];
	const id = new Member('id', {groups: 1, telling: ['m1']});
	const content = new Member('content', {groups: 4, telling});
	const watched = [new Member('sessionId', {groups: 3}), new Member('message', {inside: [id, content]})];
	const contents = fc
		.tuple(
			fc.nat(3).map(length => 'xm{'.repeat(length)),
			fc.nat(40),
			fc.constantFrom(...telling, 'tool_use', ''),
		)
		.map(([before, more, text]) => `${before}${'x'.repeat(more + 560)}${text}`);
	const wholeObject = fc.record(
		{
			sessionId: fc.constantFrom<unknown>('a', 'b', 'aa', {a: 1}, null),
			message: fc.oneof(
				fc.constantFrom<unknown>(null, 'text'),
				fc.record(
					{
						id: fc.constantFrom('m1', 'm2', 'ein m1'),
						content: fc.oneof(contents, fc.constantFrom<unknown>(...telling, [], 5)),
					},
					{requiredKeys: []},
				),
			),
		},
		{requiredKeys: []},
	);
	const lines = fc.array(
		fc.oneof({weight: 9, arbitrary: wholeObject.map(value => JSON.stringify(value))}, fc.constant('{"torn')),
		{
			maxLength: 8,
		},
	);
	fc.assert(
		fc.property(lines, texts => {
			const found: unknown[] = [];
			scanner.lines(Buffer.from(texts.join('\n')), watched, kind => {
				found.push(kind === 'object' && [scanner.changed, scanner.told]);
			});
			let before: readonly string[] | undefined;
			const expected = texts.map(text => {
				if (text === '{"torn') {
					before = undefined;
					return false;
				}
				const {sessionId, message} = JSON.parse(text);
				const values = [sessionId, message?.id, message?.content].map(value => JSON.stringify(value) ?? '');
				const changed = [3, 1, 4].reduce((sum, group, at) => (before?.[at] === values[at] ? sum : sum | group), 0);
				before = values;
				const [, inId = '', inContent = ''] = values.map(value => value.slice(0, 600));
				const told = [inId.includes('m1'), ...telling.map(word => inContent.includes(word))];
				return [changed, told.reduce((sum, isTold, bit) => sum + (isTold ? 1 << bit : 0), 0)];
			});
			expect(found).toEqual(expected);
		}),
		{numRuns: runs(3000)},
	);
});

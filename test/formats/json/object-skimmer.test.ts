import fc from 'fast-check';
import {expect, test} from 'vitest';
import {asCount, parseObject} from '../../../source/formats/json/json-line.js';
import {type JsonObject, objectOf, textOf} from '../../../source/formats/json/json-values.js';
import {Member} from '../../../source/formats/json/member.js';
import {ObjectSkimmer} from '../../../source/formats/json/object-skimmer.js';
import {runs} from '../../support/runs.js';

const input = new Member('input_tokens');
const usage = new Member('usage', {inside: [input]});
const id = new Member('id');
const message = new Member('message', {inside: [id, usage]});
const type = new Member('type');
const members = [type, message, id, usage, input];
/** Every text holds the empty word, so nothing is passed over unparsed. */
const skimmer = new ObjectSkimmer([type, message], ['']);

/** What the members have to say of an object that was parsed whole. */
const expected = (object: JsonObject) => {
	const inMessage = objectOf(object.message);
	const inUsage = objectOf(inMessage?.usage);
	return [object.type, object.message, inMessage?.id, inMessage?.usage, inUsage?.input_tokens].map(value => ({
		exists: value !== undefined,
		isObject: objectOf(value) !== undefined,
		isTrue: value === true,
		isNull: value === null,
		text: textOf(value),
		count: asCount(value),
	}));
};

const told = () =>
	members.map(({exists, isObject, isTrue, isNull, text, count}) => ({exists, isObject, isTrue, isNull, text, count}));

const compare = (bytes: Buffer) => {
	const object = parseObject(bytes.toString('utf8'));
	const skimmed = skimmer.read(bytes, 0, bytes.length);
	expect(skimmed).toBe(object ? 'object' : 'broken');
	if (object) {
		expect(told()).toEqual(expected(object));
	}
};

const line = '{"type":"assistant","message":{"id":"m9","usage":{"input_tokens":77}}}';
const space = fc.constantFrom('', '', '', ' ', '\t', '\r\n');
const escaped = (text: string) =>
	`"${[...text].map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
const texts = fc.oneof(
	fc.constantFrom(
		'',
		'assistant',
		line,
		`\\"usage":${line}`,
		'"',
		'\\',
		'},"usage":{"input_tokens":5',
		'ä€😀',
		'\u0000\n',
	),
	fc.string({unit: 'binary', maxLength: 8}),
);
const stringToken = fc
	.tuple(texts, fc.boolean())
	.map(([text, isEscaped]) => (isEscaped ? escaped(text) : JSON.stringify(text)));
const keyToken = fc
	.tuple(
		fc.oneof(
			{weight: 5, arbitrary: fc.constantFrom(...members.map(({name}) => name), 'content')},
			{weight: 1, arbitrary: texts},
		),
		fc.integer({min: 0, max: 19}),
	)
	.map(([name, dice]) => (dice === 0 ? escaped(name) : JSON.stringify(name)));
const numberToken = fc.oneof(
	fc.nat().map(String),
	fc.double({noNaN: true, noDefaultInfinity: true}).map(String),
	fc.constantFrom(
		'0',
		'-0',
		'1e9',
		'1.0',
		'2E+3',
		'1e999',
		'999999999',
		'1000000001',
		'1234567890123456789',
		'007',
		'+1',
		'.5',
		'1.',
		'-',
	),
);
/** JSON in all its spellings, with names twice, and at times with a number that is none. */
const {value, object} = fc.letrec<{value: string; object: string; array: string}>(tie => ({
	value: fc.oneof(
		{maxDepth: 5},
		fc.constantFrom('null', 'true', 'false'),
		numberToken,
		stringToken,
		tie('array'),
		tie('object'),
		tie('object'),
	),
	array: fc
		.tuple(space, fc.array(tie('value'), {maxLength: 3}))
		.map(([gap, values]) => `[${gap}${values.join(`${gap},`)}${gap}]`),
	object: fc
		.tuple(space, fc.array(fc.tuple(keyToken, space, tie('value')), {maxLength: 6}))
		.map(
			([gap, entries]) =>
				`{${gap}${entries.map(([key, inner, part]) => `${key}${inner}:${inner}${part}`).join(`,${gap}`)}${gap}}`,
		),
}));

test('members are those of the whole parse, whatever stands around and inside', () => {
	fc.assert(
		fc.property(space, object, space, (before, text, after) => compare(Buffer.from(before + text + after))),
		{numRuns: runs(3000)},
	);
});

test('a line that is torn, damaged or grown together with another is broken for both', () => {
	fc.assert(
		fc.property(
			fc.oneof(object, value, fc.constant(line)),
			fc.nat(200),
			fc.nat(6),
			fc.oneof(
				fc.constantFrom('', '"', '\\', '\u0000', '}', '{', ',', ']', line, line.slice(20), '\\u12x4', 'nul'),
				fc.uint8Array({maxLength: 3}),
			),
			(text, at, removed, inserted) => {
				const bytes = Buffer.from(text);
				const from = at % (bytes.length + 1);
				compare(Buffer.concat([bytes.subarray(0, from), Buffer.from(inserted), bytes.subarray(from + removed)]));
			},
		),
		{numRuns: runs(3000)},
	);
});

test('the bytes around a line are not its own', () => {
	const around = Buffer.from(`${line.slice(0, -1)}\n,"kind":"x"}\n${line}\n`);
	const first = around.indexOf('\n');
	expect(skimmer.read(around, 0, first)).toBe('broken');
	expect(skimmer.read(around, around.indexOf(line, 1), around.length - 1)).toBe('object');
	expect(input.count).toBe(77);
});

test('arrays in arrays without end are for the whole parse', () => {
	const deep = `{"content":${'['.repeat(50_000)}${']'.repeat(50_000)},"message":${line}}`;
	compare(Buffer.from(deep));
	compare(Buffer.from(deep.replace('"content"', '"type"')));
});

test('a line of another kind is let go at once, one that is out of the ordinary unless it holds a word', () => {
	const kind = new Member('type', {among: ['assistant']});
	const choosy = new ObjectSkimmer([kind], ['_tokens']);
	const read = (text: string) => choosy.read(Buffer.from(text), 0, Buffer.byteLength(text));
	expect(read('{"type":"assistant","rest":1}')).toBe('object');
	expect(read('{"rest":1}')).toBe('object');
	for (const text of [
		'{"type":"user","rest":',
		'{"type":null}',
		'{"type":["assistant"]}',
		'text',
		'{"type":"assist',
		'',
	]) {
		expect(read(text)).toBe('other');
	}
	expect(read('{"ty\\u0070e":"user","input_tokens":1}')).toBe('other');
	expect(read('{"ty\\u0070e":"assistant","input_tokens":1}')).toBe('object');
	expect(read('{"type":"assistant","input_tokens":1')).toBe('broken');
});

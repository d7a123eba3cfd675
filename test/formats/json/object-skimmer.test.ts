import fc from 'fast-check';
import {expect, test} from 'vitest';
import {asCount, parseObject} from '../../../source/formats/json/json-line.js';
import {type JsonObject, objectOf, textOf} from '../../../source/formats/json/json-values.js';
import {Member} from '../../../source/formats/json/member.js';
import {ObjectSkimmer} from '../../../source/formats/json/object-skimmer.js';
import {type MemberScanner, memberScanner} from '../../../source/scanner/member-scanner.js';
import {scanner} from '../../../source/scanner/scanner.js';
import {runs} from '../../support/runs.js';
import {line, object, space, value} from './arbitrary-json.js';

const skimmerWith = (memberScanner: MemberScanner | null) => {
	const input = new Member('input_tokens');
	const usage = new Member('usage', {inside: [input]});
	const id = new Member('id');
	const message = new Member('message', {inside: [id, usage]});
	const type = new Member('type');
	// Every text holds the empty word, so nothing is passed over unparsed.
	const skimmer = new ObjectSkimmer([type, message], [''], memberScanner);
	return {skimmer, input, members: [type, message, id, usage, input]};
};
const skimmers = [skimmerWith(null), skimmerWith(memberScanner() as MemberScanner)];

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

const told = (members: readonly Member[]) =>
	members.map(({exists, isObject, isTrue, isNull, text, count}) => ({exists, isObject, isTrue, isNull, text, count}));

/** Where files are read to, and the scanner looks: what is there from before must not matter. */
const inMemory = (bytes: Buffer): Buffer => {
	const memory = scanner()?.buffer as Buffer;
	return memory.subarray(0, bytes.copy(memory));
};

const compare = (bytes: Buffer) => {
	const object = parseObject(bytes.toString('utf8'));
	for (const {skimmer, members} of skimmers) {
		for (const place of bytes.length < 1 << 20 ? [bytes, inMemory(bytes)] : [bytes]) {
			expect(skimmer.read(place, 0, bytes.length)).toBe(object ? 'object' : 'broken');
			if (object) {
				expect(told(members)).toEqual(expected(object));
			}
		}
	}
};

test('members are those of the whole parse, whatever is around and inside', () => {
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
	for (const {skimmer, input} of skimmers) {
		for (const place of [around, inMemory(around)]) {
			expect(skimmer.read(place, 0, first)).toBe('broken');
			expect(skimmer.read(place, around.indexOf(line, 1), around.length - 1)).toBe('object');
			expect(input.count).toBe(77);
		}
	}
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

test('each line is skimmed, wherever they lie and however many there are', () => {
	const longer = line.replace('77', `78},"content":{"text":"${'x'.repeat(5000)}"`);
	const log = `${line}\nno object\n\n${longer}\n${line.slice(1)}\n`.repeat(300);
	const bytes = Buffer.from(`${log}{"type":"${'x'.repeat(1 << 20)}","message":${line}}\n${line}`);
	expect(log.length).toBeGreaterThan(scanner()?.buffer.length as number);
	const [own, others] = skimmers.map(({skimmer, input}) => {
		const found: unknown[] = [];
		skimmer.lines(bytes, (skimmed, start, end) => {
			found.push([skimmed, start, end, skimmed === 'object' && input.count]);
		});
		return found;
	});
	expect(own).toEqual(others);
	expect(own).toHaveLength(1502);
});

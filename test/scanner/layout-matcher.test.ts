import fc from 'fast-check';
import {expect, test} from 'vitest';
import {LayoutCode, type LayoutMatcher, layoutMatcher, type SlotKind} from '../../source/scanner/layout-matcher.js';
import {layoutLimits} from '../../source/scanner/layout-places.js';
import {parseStamp, utc} from '../../source/time/stamp.js';

const matcher = layoutMatcher() as LayoutMatcher;

const codeOf = (pieces: readonly string[], kinds: readonly SlotKind[]) =>
	new LayoutCode(
		pieces.map(piece => Buffer.from(piece)),
		kinds.map(kind => ({kind})),
	);

/** What stands in the slots of a line and what it comes to, if the whole line is of the layout. */
const matched = (code: LayoutCode, text: string) => {
	const line = Buffer.from(text);
	const place = matcher.hold(line, 0, line.length);
	if (matcher.match(code, place) !== place + line.length) {
		return undefined;
	}
	return {
		text: matcher.bytes.toString('utf8', matcher.from[0], matcher.behind[0]),
		value: matcher.values[0],
	};
};

const inQuotes = (kind: SlotKind) => codeOf(['"', '"'], [kind]);
const bare = (kind: SlotKind) => codeOf(['[', ']'], [kind]);

test('a line is of a layout if it is the same between the slots', () => {
	const code = codeOf(['{"a":"', '","n":', '}'], ['text', 'number']);
	expect(matched(code, '{"a":"x","n":12}')?.text).toBe('x');
	expect(matcher.values[1]).toBe(12);
	for (const other of ['{"a":"x","m":12}', '{"a":"x","n":12} ', '{"a":"x","n":12', '{"a":"x","n":}', '']) {
		expect(matched(code, other)).toBeUndefined();
	}
});

test('a layout that the module has no room for is refused', () => {
	const {layoutLength, mostSlots} = layoutLimits;
	// The length of a piece and the end of the layout take three bytes.
	expect(codeOf(['x'.repeat(layoutLength - 3)], []).bytes).toHaveLength(layoutLength);
	expect(() => codeOf(['x'.repeat(layoutLength - 2)], [])).toThrow(RangeError);
	const kinds = Array.from({length: mostSlots + 1}, () => 'number' as const);
	expect(() =>
		codeOf(
			[...kinds, ''].map(() => ','),
			kinds,
		),
	).toThrow(RangeError);
});

test('a text is plain ASCII, and not the beginning of an object', () => {
	expect(matched(inQuotes('text'), `"${'long '.repeat(50)}"`)?.text).toBe('long '.repeat(50));
	for (const other of ['""', '"é"', '"a\\"b"', '"a\tb"', '"{}"', '"\u007F"', '"a']) {
		expect(matched(inQuotes('text'), other)).toBeUndefined();
	}
});

test('numbers are those of JSON, and passed on if they are whole and exact', () => {
	expect(matched(bare('number'), '[123456789012345]')?.value).toBe(123_456_789_012_345);
	for (const told of ['0', '7']) {
		expect(matched(bare('number'), `[${told}]`)?.value).toBe(Number(told));
	}
	for (const untold of ['-1', '1.5', '1e3', '1234567890123456']) {
		expect(matched(bare('number'), `[${untold}]`)).toEqual({text: untold, value: Number.NaN});
	}
	for (const other of ['01', '+1', '.5', '1.', '1e', 'x', '"1"', '']) {
		expect(matched(bare('number'), `[${other}]`)).toBeUndefined();
	}
});

test('whole numbers in texts are rounded as JavaScript rounds them', () => {
	for (const digits of ['0', '42', '1793491200410000123', '9999999999999999999', '9007199254740993']) {
		expect(matched(inQuotes('digits'), `"${digits}"`)?.value).toBe(Number(digits));
	}
	for (const other of ['012', '12345678901234567890', '1x', ' 1']) {
		expect(matched(inQuotes('digits'), `"${other}"`)).toEqual({text: other, value: Number.NaN});
	}
});

test('what no reader looks into is valid, and holds no object', () => {
	for (const value of ['"a\\nb"', '"é"', '[1,{"a":[]}]', 'true', 'null', '-1.5e3', '[]', '""']) {
		expect(matched(bare('unread'), `[${value}]`)?.text).toBe(value);
	}
	for (const other of ['{}', '"{"', '"\\u007b"', '[1,]', '"\\x"', 'nul', '']) {
		expect(matched(bare('unread'), `[${other}]`)).toBeUndefined();
	}
});

const inEscapedQuotes = (kind: SlotKind) =>
	new LayoutCode([Buffer.from('"\\"'), Buffer.from('\\""')], [{kind, quoted: true}]);

test('a text of an object in quotes ends with an escaped quote, and has no other escape', () => {
	expect(matched(inEscapedQuotes('text'), '"\\"thread-1\\""')?.text).toBe('thread-1');
	expect(matched(inEscapedQuotes('time'), '"\\"2026-11-01T08:15:30Z\\""')?.value).toBe(
		Date.UTC(2026, 10, 1, 8, 15, 30),
	);
	expect(matched(inEscapedQuotes('digits'), '"\\"42\\""')?.value).toBe(42);
	for (const other of ['"x"', '\\""', 'a\\\\"b', 'a\\nb', 'é', '\\u0061', '{}', 'a\\']) {
		expect(matched(inEscapedQuotes('text'), `"\\"${other}\\""`)).toBeUndefined();
	}
});

test('what no reader looks into is stepped over in an object in quotes as it is outside', () => {
	const code = new LayoutCode([Buffer.from('"'), Buffer.from('"')], [{kind: 'unread', quoted: true}]);
	const values = ['a', 'a"b', 'a\\', 'é', '', '/', 'a\nb\u00e9', ['<x>&', {a: ['"', null, -1.5e3]}, []], true, 12];
	for (const value of values) {
		// Docker spells what HTML could take for its own by numbers.
		const quoted = JSON.stringify(JSON.stringify(value)).replaceAll(
			/[<>&]/g,
			character => `\\u00${character.charCodeAt(0).toString(16)}`,
		);
		expect([value, matched(code, quoted)?.text]).toEqual([value, quoted.slice(1, -1)]);
	}
	const others = ['{"a":1}', '"{}"', '"\\u007b"', '[1,]', '"a\nb"', '"\\x"', 'nul', '"a', '"\\u00g0"', '[', ''];
	for (const other of others) {
		expect(matched(code, JSON.stringify(other))).toBeUndefined();
	}
	for (const other of ['"', '\\"\\u0022\\"', '\\"\\n\\"', '\\"\\"\\"', '"\\"', '\\"a"b\\"']) {
		expect(matched(code, `"${other}"`)).toBeUndefined();
	}
});

test('a stamp has other digits, and nothing else', () => {
	const code = new LayoutCode(
		[Buffer.from('['), Buffer.from(']')],
		[{kind: 'stamp', stamp: Buffer.from('2026-11-01 08:15')}],
	);
	expect(matched(code, '[1999-02-33 99:00]')?.text).toBe('1999-02-33 99:00');
	for (const other of [
		'2026-11-01T08:15',
		'2026-11-01 8:155',
		'2026-11-01 08:1',
		'2026-11-01 08:155',
		'2026-11-01 08:1x',
	]) {
		expect(matched(code, `[${other}]`)).toBeUndefined();
	}
});

test('times that name their zone are those of JavaScript', () => {
	const number = (most: number, digits: number) =>
		fc.integer({min: 0, max: most}).map(value => String(value).padStart(digits, '0'));
	const text = fc
		.tuple(
			fc.constantFrom('1969', '1970', '2000', '2023', '2024', '2100', '9999', '0001', '20x4'),
			number(13, 2),
			number(32, 2),
			fc.constantFrom('T', ' ', 't', '_'),
			number(24, 2),
			number(60, 2),
			number(61, 2),
			fc.constantFrom('', '.5', ',25', '.123', '.003366', '.123456789', `.${'4'.repeat(30)}`, '.', '.1a'),
			fc.constantFrom('Z', 'Z', '+00:00', '-0730', '+02:00', '+99:59', '+1:00', '+020', 'z', ''),
		)
		.map(([year, month, day, separator, hour, minute, second, fraction, zone]) =>
			[`${year}-${month}-${day}${separator}${hour}:${minute}:${second}`, fraction, zone].join(''),
		);
	fc.assert(
		fc.property(text, stamp => {
			// A leap second and a time without a zone are left to JavaScript.
			const isLeft = /:60(?:\D|$)|\d\d:\d\d:\d\d(?:[.,]\d+)?$/.test(stamp);
			const time = isLeft ? undefined : parseStamp(stamp, utc);
			expect(matched(inQuotes('time'), `"${stamp}"`)?.value).toBe(time ?? Number.NaN);
		}),
		{numRuns: 2000},
	);
});

test('there may be more layouts than there is room for', () => {
	const codes = Array.from({length: layoutLimits.layoutCount + 9}, (_, index) =>
		codeOf([`{"${index}":`, '}'], ['number']),
	);
	for (const turn of [1, 2]) {
		for (const [index, code] of codes.entries()) {
			expect(matched(code, `{"${index}":${turn}}`)?.value).toBe(turn);
			expect(matched(code, `{"${index + 1}":${turn}}`)).toBeUndefined();
		}
	}
});

test('a line from elsewhere that is too long is not held', () => {
	const line = Buffer.alloc(layoutLimits.longestLine, 'x');
	expect(matcher.hold(line, 0, line.length)).toBe(-1);
	expect(matcher.hold(line, 1, line.length)).toBeGreaterThan(0);
	// In the module's own memory it need not be copied.
	const inside = matcher.bytes.subarray(0x20000, 0x20000 + layoutLimits.longestLine);
	expect(matcher.hold(inside, 5, inside.length)).toBe(0x20005);
});

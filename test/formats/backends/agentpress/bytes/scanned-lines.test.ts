import {describe, expect, test} from 'vitest';
import {createRandom, type Random} from '../../../../../source/demo/random.js';
import {nominates} from '../../../../../source/formats/backends/agentpress/bytes/nominate.js';
import {eventOf, scanTable} from '../../../../../source/formats/backends/agentpress/bytes/wordings.js';
import {contextOf} from '../../../../../source/formats/backends/agentpress/context.js';
import {ReadMoment} from '../../../../../source/formats/backends/agentpress/moment.js';
import {eventIn} from '../../../../../source/formats/backends/agentpress/reader.js';
import {Unwrapper} from '../../../../../source/formats/wrappers/unwrap.js';
import {type Scanner, scanner} from '../../../../../source/scanner/scanner.js';
import {parseStamp, utc} from '../../../../../source/time/stamp.js';
import {generationNames} from '../../../../simulated/generations.js';
import {renderings, simulatedLines} from '../simulate.js';

/** What decoding the whole line tells. */
const decoded = (line: Buffer) => {
	let found: object | undefined;
	new Unwrapper(utc).unwrap(line.toString('utf8'), (content, {stream}) => {
		const event = eventIn(content);
		const context = event && contextOf(event.record, event.parsed.tail);
		const {stamp = ''} = event?.record ?? {};
		found = context && {event: event.parsed.event, ...context, stamp, time: parseStamp(stamp, utc) as number, stream};
		return event !== undefined;
	});
	return found;
};

const lineScanner = scanner() as Scanner;

/** What the scanner tells; undefined where it leaves the line to be decoded. What stands before it must not matter. */
const told = (line: Buffer, before = Buffer.from('x')) => {
	const bytes = Buffer.concat([before, Buffer.from('\n'), line, Buffer.from('\n"}')]);
	let answer: object | undefined;
	lineScanner.scan(bytes, scanTable, (kind, start, end) => {
		if (start !== before.length + 1 || kind !== 'read') {
			return;
		}
		expect(end).toBe(start + line.length);
		const event = eventOf(lineScanner);
		const {thread, run, time, microseconds} = lineScanner;
		answer = event && {event, thread, run, stamp: new ReadMoment(time, microseconds).stamp, time, stream: ''};
	});
	return answer;
};

/** Whether the scanner hands a line over at all. */
const isFound = (line: Buffer): boolean => {
	let found = false;
	lineScanner.scan(line, scanTable, kind => {
		found ||= kind !== 'hinted';
	});
	return found;
};

const odd = [
	'"',
	'\\',
	' ',
	'  ',
	'\u001B',
	'\u001B[0m',
	'0',
	'9',
	',',
	', ',
	'}',
	'{',
	'=',
	"'",
	'(',
	'\r',
	'\t',
	'\0',
];
const pieces = [
	...odd,
	'🔥',
	'🔥 ',
	'⚡\uFE0F',
	'🏽',
	'☆',
	'→',
	'\\u2192',
	'\\ud83d\\udd25',
	'\\ud83c\\udffd ',
	'\\u26a1\\ufe0f',
	'é',
	'\\u0041',
	'\\ud83d',
	'None',
	'thread_id=',
	'"thread_id": null, ',
	'.',
	'Z',
	'1h TTL',
];

/** The line with something changed, as damage and hostile text would. */
const mutate = (random: Random, line: Buffer, other: Buffer): Buffer => {
	const at = random.integer(0, line.length);
	const end = Math.min(line.length, at + random.integer(0, 12));
	const piece = random.pick([
		Buffer.from(random.pick(pieces)),
		Buffer.of(random.integer(0, 255)),
		other.subarray(Math.min(at, other.length), Math.min(end, other.length)),
		line.subarray(at, end),
		Buffer.alloc(0),
	]);
	return Buffer.concat([line.subarray(0, at), piece, line.subarray(random.chance(0.5) ? at : end)]);
};

test('what the scanner takes for an emoji is one to whoever decodes the line', () => {
	const line = (emoji: string) =>
		Buffer.from(`2026-11-01T08:15:30.123456Z [info     ] ${emoji} Using model: m thread_id=t`);
	let emoji = 0;
	for (let point = 0x80; point < 0x20000; point++) {
		const answer = point >= 0xd800 && point < 0xe000 ? undefined : told(line(String.fromCodePoint(point)));
		if (answer) {
			emoji++;
			expect(answer, point.toString(16)).toEqual(decoded(line(String.fromCodePoint(point))));
		}
	}
	expect(emoji).toBeGreaterThan(500);
});

describe.each(generationNames)('generation %s', generation => {
	describe.each(renderings)('%s', rendering => {
		const lines = simulatedLines(generation, rendering).map(line => Buffer.from(line));
		const events = lines.filter(decoded);

		test('the scanner reads what decoding the line reads, and nearly always succeeds', () => {
			const answers = lines.map(line => ({line, answer: told(line)})).filter(({answer}) => answer);
			expect(answers.map(({answer}) => answer)).toEqual(answers.map(({line}) => decoded(line)));
			expect(events.length).toBeGreaterThan(50);
			expect(answers.length).toBeGreaterThan(events.filter(line => nominates(line, 0, line.length)).length * 0.6);
		});

		test('of damaged lines it reads the same, or nothing, and skips none that matters', () => {
			const random = createRandom(generation.length + rendering.length);
			let understood = 0;
			for (let count = 0; count < 6000; count++) {
				const whole = random.pick(events);
				let line: Buffer = whole;
				for (let change = random.integer(1, 2); change > 0; change--) {
					line = mutate(random, line, random.pick(lines));
				}
				if (line.includes('\n')) {
					continue;
				}
				if (nominates(line, 0, line.length)) {
					expect(isFound(line), line.toString()).toBe(true);
				}
				const answer = told(line);
				if (answer) {
					understood++;
					expect(answer, line.toString()).toEqual(decoded(line));
				}
				expect(told(line, whole), line.toString()).toEqual(answer);
			}
			expect(understood).toBeGreaterThan(100);
		});
	});
});

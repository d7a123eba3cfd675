import type {Random} from '../../source/demo/random.js';
import {nastyNames, nastyNumbers, nastyTimes} from './nasty.js';

const names = Object.values(nastyNames);
const deep = 10_000;

/** A value in the place of another, as JSON writes it. */
const nastyValue = (random: Random): string => {
	const kind = random.integer(0, 5);
	if (kind <= 1) {
		return random.pick(nastyNumbers);
	}
	if (kind === 2) {
		return JSON.stringify(random.pick(nastyTimes));
	}
	if (kind === 3) {
		return JSON.stringify(random.pick(names));
	}
	return random.pick([
		'{"__proto__": {"input_tokens": 7, "polluted": true}}',
		'{"constructor": {"prototype": {"polluted": true}}}',
		'{"toString": null, "valueOf": 1, "length": -1}',
		`${'['.repeat(deep)}${']'.repeat(deep)}`,
		`${'{"usage":'.repeat(deep)}1${'}'.repeat(deep)}`,
		`${'['.repeat(deep)}`,
		'[[[]],[null,{"usage":{}}]]',
		'"\\ud800\\udc00\\ud800"',
		'"\\u0000\\u001b[2J\\u009b"',
	]);
};

type Mutation = (line: string, random: Random) => string;

/** A place of a text, its end included. */
const place = (line: string, random: Random): number => random.integer(0, line.length);

const replaceOne = (line: string, pattern: RegExp, random: Random, by: (found: string) => string): string => {
	const found = [...line.matchAll(pattern)];
	if (found.length === 0) {
		return line;
	}
	const match = random.pick(found);
	return line.slice(0, match.index) + by(match[0]) + line.slice(match.index + match[0].length);
};

/** On the text of a line; what becomes of its bytes is another matter. */
const mutations: readonly Mutation[] = [
	// Cut short, at either end or in between.
	(line, random) => line.slice(0, place(line, random)),
	(line, random) => line.slice(place(line, random)),
	(line, random) => {
		const from = place(line, random);
		return line.slice(0, from) + line.slice(from + random.integer(1, 12));
	},
	// Numbers, texts, times and whole values replaced.
	(line, random) => replaceOne(line, /\d+(?:\.\d+)?/g, random, () => random.pick(nastyNumbers)),
	(line, random) => replaceOne(line, /(?<=[=: ])\d+/g, random, () => random.pick(nastyNumbers)),
	(line, random) => replaceOne(line, /"(?:[^"\\]|\\.)*"(?!\s*:)/g, random, () => JSON.stringify(random.pick(names))),
	(line, random) => replaceOne(line, /\d{4}-\d\d-\d\dT[\d:.]*Z?/g, random, () => random.pick(nastyTimes)),
	(line, random) =>
		replaceOne(line, /(?<=": ?)(?:"(?:[^"\\]|\\.)*"|[\d.]+|null|true|false|\{\}|\[\])/g, random, () =>
			nastyValue(random),
		),
	// Names of plain lines.
	(line, random) => replaceOne(line, /(?<=(?:model|thread_id|model=)[:= ]*)[^\s,]+/g, random, () => random.pick(names)),
	(line, random) => replaceOne(line, /[\w-]{6,}/g, random, () => random.pick(names)),
	// Keys written twice, strange ones, one instead of another.
	(line, random) => replaceOne(line, /"[\w.]+": ?[\d.]+/g, random, found => `${found},${found}`),
	(line, random) =>
		replaceOne(line, /"[\w.]+"(?=:)/g, random, () =>
			random.pick(['"__proto__"', '"constructor"', '""', '"usage"', '"type"']),
		),
	(line, random) => replaceOne(line, /\{/g, random, found => `${found}"__proto__":{"usage":{"input_tokens":1}},`),
	// Something in between.
	(line, random) => {
		const at = place(line, random);
		return line.slice(0, at) + random.pick(names) + line.slice(at);
	},
	(line, random) => {
		const at = place(line, random);
		return `${line.slice(0, at)}\u001B[${random.integer(0, 99)}${random.pick(['m', 'J', 'H', 'z', ''])}${line.slice(at)}`;
	},
	(line, random) =>
		line.replaceAll(random.pick([' ', '"', ':', ',', '{', '}']), random.pick(['', ' ', '""', '\\', '\u0000'])),
	// Around it.
	line => `${line}${line}`,
	line => JSON.stringify({log: line, stream: '\u001B[2J', time: 'x'}),
	line => JSON.stringify({message: line, timestamp: {}, app_name: ['x']}),
	line => `2026-02-10T08:00:00Z stdout P ${line}`,
	line => `\u0000\u0000${line}\r`,
	line => `[${line}]`,
	line => `${' '.repeat(5000)}${line}`,
];

const newline = 0x0a;

/** Bytes turned round, put in or taken out, whether or not the result is UTF-8. */
const mutateBytes = (bytes: Buffer, random: Random): Buffer => {
	const result = Buffer.from(bytes);
	for (let count = random.integer(0, 3); count > 0 && result.length > 0; count--) {
		const at = random.integer(0, result.length - 1);
		const byte = random.pick([
			0x00,
			0x1b,
			0x80,
			0xc0,
			0xed,
			0xf5,
			0xff,
			0x22,
			0x5c,
			0x7b,
			(result[at] ?? 0) ^ (1 << random.integer(0, 7)),
		]);
		result[at] = byte === newline ? 0x20 : byte;
	}
	return result;
};

/** A log with some of its lines mutated, repeated, moved and left out. */
export const mutated = (lines: readonly string[], random: Random, share = 0.4): Buffer => {
	const parts: Buffer[] = [];
	for (const line of lines) {
		let text = line;
		while (random.chance(share)) {
			// A few mutations together multiply what is long.
			text = random.pick(mutations)(text, random).slice(0, 300_000);
		}
		const bytes = Buffer.from(text);
		const copies = random.pick([0, 1, 1, 1, 1, 1, 1, 2]);
		for (let copy = 0; copy < copies; copy++) {
			parts.push(random.chance(share) ? mutateBytes(bytes, random) : bytes, Buffer.of(newline));
		}
	}
	return Buffer.concat(parts);
};

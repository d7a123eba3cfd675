import {expect, test} from 'vitest';
import {createRandom} from '../../source/demo/random.js';
import type {Format} from '../../source/formats/format.js';
import {formats} from '../../source/formats/table.js';
import type {Request} from '../../source/request.js';
import {formatContext} from '../formats/reading.js';
import {mutated} from './mutate.js';
import {shapes} from './shapes.js';
import {unsoundnessOf} from './sound.js';

/** Set HOSTILE_SEED to repeat a failure, HOSTILE_ROUNDS to look longer. */
const seed = Number(process.env.HOSTILE_SEED ?? Date.now() % 1_000_000);
const rounds = Number(process.env.HOSTILE_ROUNDS ?? 6);

/** What a session tells of a log that comes in pieces, some of them to another session that goes on. */
const read = (format: Format, log: Buffer, pieceLength: number): readonly Request[] => {
	const told: Request[] = [];
	const open = (saved?: unknown) => format.open(formatContext({onRequest: request => told.push(request)}), saved);
	let session = open();
	for (let start = 0; start < log.length; ) {
		const found = log.indexOf(0x0a, Math.min(log.length, start + pieceLength) - 1);
		const end = found < 0 ? log.length : found + 1;
		session.lines(log.subarray(start, end), start === 0);
		told.push(...session.provisional());
		if (start % 3 === 0) {
			session = open(JSON.parse(JSON.stringify(session.save())));
		}
		start = end;
	}
	return told;
};

test.each(shapes)(`mutated lines of $name are read, or passed over (seed ${seed})`, ({name, format, lines}) => {
	expect(read(format, Buffer.from(`${lines.join('\n')}\n`), 1 << 20)).not.toEqual([]);
	for (let round = 0; round < rounds; round++) {
		const random = createRandom(seed + round);
		const log = mutated(lines, random);
		const told = read(format, log, random.pick([1, 500, 1 << 20]));
		const unsound = told.flatMap(unsoundnessOf);
		expect(unsound, `HOSTILE_SEED=${seed} round ${round} of ${name}`).toEqual([]);
		for (const other of formats) {
			expect(typeof other.recognise(log.subarray(0, 64 << 10))).toBe('boolean');
		}
	}
	expect(Object.prototype).not.toHaveProperty('polluted');
	expect(Object.keys(Object.prototype)).toEqual([]);
});

test(`every format reads what another wrote (seed ${seed})`, () => {
	const random = createRandom(seed);
	for (const {lines, name} of shapes) {
		const log = mutated(lines.slice(0, 40), random, 0.1);
		for (const format of new Set(shapes.map(shape => shape.format))) {
			expect(read(format, log, 1 << 20).flatMap(unsoundnessOf), `${format.name} reads ${name}`).toEqual([]);
		}
	}
});

import {execFileSync, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {decompress} from '../../../../source/sources/file/compressed/decompress.js';
import {closeFile, openFile} from '../../../../source/sources/file/open-file.js';
import {fileSource, numbered, readAll, temporaryFolder} from '../../collect.js';

/** Lines that hardly compress, so that there are many blocks and pieces. */
const lines = Buffer.from(
	Array.from({length: 20_000}, (_, index) => `${index} ${((index * 2_654_435_761) % 2 ** 32).toString(36)}\n`).join(''),
);
const half = lines.subarray(0, lines.indexOf('\n10000 ') + 1);

/** zstd of the text `a\n` and of nothing, by zstd 1.5 without and with a checksum: a frame each. */
const zstdFrames = ['KLUv/SACEQAAYQo=', 'KLUv/SQAAQAAmenYUQ=='].map(text => Buffer.from(text, 'base64'));

const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

const decompressed = async (bytes: Buffer) => {
	const path = join(temporaryFolder(), 'x');
	writeFileSync(path, bytes);
	const file = openFile(path);
	const parts: Buffer[] = [];
	let passed = 0;
	const complaint = await decompress({
		file,
		text: part => parts.push(Buffer.from(part)),
		passed: stored => {
			passed = stored;
		},
	});
	closeFile(file);
	return {text: Buffer.concat(parts), complaint, passed};
};

const told = async (bytes: Buffer) => {
	const {text, complaint} = await decompressed(bytes);
	return {text: text.toString(), complaint};
};

/** What the program gives of damaged input, too. */
const byProgram = (program: string, bytes: Buffer): Buffer =>
	spawnSync(program, ['-dc'], {input: bytes, maxBuffer: 1 << 26}).stdout;

const flipped = (bytes: Buffer, at: number): Buffer => {
	const copy = Buffer.from(bytes);
	copy.writeUInt8(copy.readUInt8(at) ^ 0xff, at);
	return copy;
};

describe('gzip', () => {
	const gzip = gzipSync(lines);

	test.each([
		['one member', gzip],
		['members one after another', Buffer.concat([gzipSync(half), gzipSync(lines.subarray(half.length))])],
		['zeros behind its end', Buffer.concat([gzip, Buffer.alloc(100_000)])],
		[
			'a name and a comment in its header',
			Buffer.concat([
				gzip.subarray(0, 3),
				Buffer.of(24),
				gzip.subarray(4, 10),
				Buffer.from('worker.log\0why\0'),
				gzip.subarray(10),
			]),
		],
	])('whole: %s', async (_what, bytes) => {
		const {text, complaint} = await decompressed(bytes);
		expect(text.equals(lines)).toBe(true);
		expect(complaint).toBeUndefined();
	});

	test.each([
		['a few bytes behind its end', Buffer.concat([gzip, Buffer.from('trailing')]), 'has 8 bytes behind its end'],
		['the beginning of a member behind its end', Buffer.concat([gzip, Buffer.of(0x1f)]), 'has 1 byte behind its end'],
		['the checksum is wrong', flipped(gzip, gzip.length - 6), 'its checksum is that of another text'],
		['cut off in the trailer', gzip.subarray(0, -3), 'is cut off'],
	])('all of the text is there: %s', async (_what, bytes, message) => {
		const {text, complaint} = await decompressed(bytes);
		expect(text.equals(lines)).toBe(true);
		expect(complaint).toContain(message);
	});

	test.each([
		['cut off', gzip.subarray(0, gzip.length >> 1), /^is cut off$/],
		['cut off in the header', gzip.subarray(0, 7), /^is cut off$/],
		[
			'zeros in the middle',
			Buffer.concat([gzip.subarray(0, 50_000), Buffer.alloc(3000, 0xff), gzip.subarray(53_000)]),
			/^is damaged at byte 5\d{4} /,
		],
		[
			'a second member is damaged',
			Buffer.concat([gzipSync(half), Buffer.from('\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff', 'latin1')]),
			/^is damaged at byte/,
		],
	])('no less than gzip gives: %s', async (_what, bytes, message) => {
		const {text, complaint} = await decompressed(bytes);
		const given = byProgram('gzip', bytes);
		expect(text.subarray(0, given.length).equals(given)).toBe(true);
		expect(complaint).toMatch(message);
	});

	test('every line before the damage is there', async () => {
		const bytes = flipped(gzip, 70_000);
		const {text} = await decompressed(bytes);
		const given = byProgram('gzip', bytes);
		expect(text.length).toBeGreaterThanOrEqual(given.length);
		expect(lines.subarray(0, 60_000).equals(text.subarray(0, 60_000))).toBe(true);
	});

	test('of a file whose end is not gzip, all lines are read and the rest is reported', async () => {
		const path = join(temporaryFolder(), 'worker.log.gz');
		writeFileSync(path, Buffer.concat([gzipSync(numbered(1, 1000)), Buffer.from('no gzip')]));
		const log = await readAll(fileSource(path));
		expect(log.text).toBe(numbered(1, 1000));
		expect(log.problems.map(({message}) => message)).toEqual([
			`${path}: has 7 bytes behind its end that are not compressed text`,
		]);
	});
});

describe('zstd', () => {
	test('frames one after another, and one to be skipped', async () => {
		const skipped = Buffer.from('UCpNGAIAAAD//w==', 'base64');
		const [first, second] = zstdFrames as [Buffer, Buffer];
		const {text, complaint} = await decompressed(Buffer.concat([first, skipped, second, first]));
		expect(text.toString()).toBe('a\na\n');
		expect(complaint).toBeUndefined();
	});

	test('cut off and trailing bytes are reported', async () => {
		const [first] = zstdFrames as [Buffer];
		expect(await told(Buffer.concat([first, first.subarray(0, -1)]))).toMatchObject({
			text: 'a\n',
			complaint: 'is cut off',
		});
		expect(await told(Buffer.concat([first, Buffer.from('rest')]))).toMatchObject({
			text: 'a\n',
			complaint: 'has 4 bytes behind its end that are not compressed text',
		});
	});

	test.runIf(isThere('zstd'))(
		'a large file is that which zstd gives, and as much of it where it is damaged',
		async () => {
			const bytes = execFileSync('zstd', ['-c', '-19'], {input: lines});
			expect((await decompressed(bytes)).text.equals(lines)).toBe(true);
			const cut = bytes.subarray(0, bytes.length - 100);
			const {text, complaint} = await decompressed(cut);
			expect(text.length).toBeGreaterThanOrEqual(byProgram('zstd', cut).length);
			expect(lines.subarray(0, text.length).equals(text)).toBe(true);
			expect(complaint).toBe('is cut off');
		},
	);
});

describe.each(['xz', 'bzip2'])('%s', program => {
	test.runIf(isThere(program))('is read by the program of the machine', async () => {
		const bytes = execFileSync(program, ['-c'], {input: lines});
		const {text, complaint, passed} = await decompressed(bytes);
		expect(text.equals(lines)).toBe(true);
		expect(complaint).toBeUndefined();
		expect(passed).toBe(bytes.length);
		const cut = await decompressed(bytes.subarray(0, bytes.length >> 1));
		expect(lines.subarray(0, cut.text.length).equals(cut.text)).toBe(true);
		expect(cut.complaint).toMatch(/^is cut off or damaged \(/);
	});
});

test('what is packed by a program that is not there, or in another way, is named with what helps', async () => {
	const folder = temporaryFolder();
	const path = join(folder, 'worker.log');
	writeFileSync(path, numbered(1, 1));
	writeFileSync(`${path}.1.lz4`, '\x04"M\x18d@\xa7', 'latin1');
	writeFileSync(`${path}.2.xz`, '\xfd7zXZ\0\0\x04', 'latin1');
	const before = process.env.PATH;
	process.env.PATH = folder;
	const log = await readAll(fileSource(path)).finally(() => {
		process.env.PATH = before;
	});
	expect(log.text).toBe(numbered(1, 1));
	expect(log.problems.map(({message}) => message).sort()).toEqual([
		`${path}.1.lz4: is lz4 and was not read; unpack it with \`lz4 -dk\``,
		`${path}.2.xz: needs xz to be read: install it, or unpack the file with \`xz -dk\` elsewhere`,
	]);
});

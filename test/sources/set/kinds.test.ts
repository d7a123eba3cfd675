import {appendFileSync, mkdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {logsInFolder, matchesOf} from '../../../source/sources/set/log-finder.js';
import {NamedLogs} from '../../../source/sources/set/named-logs.js';
import {SetSource, type SetSourceOptions} from '../../../source/sources/set/set-source.js';
import {until} from '../../support/until.js';
import {
	type Collected,
	CountedFiles,
	deafWatcher,
	followed,
	numbered,
	putInto,
	temporaryFolder,
	treeSource,
} from '../collect.js';

let folder: string;
beforeEach(() => {
	folder = join(temporaryFolder(), 'logs');
	mkdirSync(folder);
});

const put = (name: string, content: string): string => putInto(folder, name, content);

/** A kind of set: how it is opened on the folder, and a name of a file in it, by a number. */
type Kind = {
	readonly open: (options: SetSourceOptions) => SetSource;
	readonly nameOf: (number: number) => string;
};

const kinds: Readonly<Record<string, Kind>> = {
	'a folder': {
		open: options =>
			new SetSource('logs', context => new NamedLogs([logsInFolder('logs', folder)], () => false, context), options),
		nameOf: number => `${number}.log`,
	},
	'a pattern': {
		open: options =>
			new SetSource(
				'logs/**/*.log',
				context => new NamedLogs([matchesOf('logs/**/*.log', dirname(folder))], () => false, context),
				options,
			),
		nameOf: number => `p${number % 10}/${number}.log`,
	},
	'a tree of transcripts': {
		open: options => treeSource('logs', folder, options),
		nameOf: number => `p${number % 10}/${number}.jsonl`,
	},
};

/** Nothing but events tells that something changed; nothing but looking from time to time does. */
const ways: readonly (readonly [string, SetSourceOptions])[] = [
	['events', {sweep: 3_600_000}],
	['events, with all files closed in between', {sweep: 3_600_000, drowsy: 0}],
	['sweeps', {watcher: deafWatcher(), sweep: 20, drowsy: 0}],
];

const expectText = (log: Collected, name: string, text: string) =>
	until(() => expect(log.textOf(`logs/${name}`)).toBe(text));

describe.each(Object.entries(kinds))('%s', (_, {open, nameOf}) => {
	test.each(ways)('what is appended, and files and folders that come later, by %s', async (_how, options) => {
		const [first, later, elsewhere] = [nameOf(1), nameOf(11), nameOf(2)];
		const path = put(first, numbered(1, 2));
		const log = await followed(open(options));
		appendFileSync(path, 'line 3\nli');
		await expectText(log, first, numbered(1, 3));
		appendFileSync(path, 'ne 4\n');
		await expectText(log, first, numbered(1, 4));
		for (const name of [later, elsewhere]) {
			const added = put(name, 'a\n');
			await expectText(log, name, 'a\n');
			appendFileSync(added, 'b\n');
			await expectText(log, name, 'a\nb\n');
		}
		put('no-log.txt', 'no\n');
		appendFileSync(path, numbered(5, 1));
		await expectText(log, first, numbered(1, 5));
		expect(new Set(log.names)).toEqual(new Set([first, later, elsewhere].map(name => `logs/${name}`)));
		await until(() =>
			expect(log.facts.findLast(({log: {name}}) => name === `logs/${first}`)).toMatchObject({
				lines: 5,
				size: 35,
				read: 35,
			}),
		);
		expect(log.problems).toEqual([]);
	});

	test('what is deleted is forgotten, and what is put in its place is new', async () => {
		const [gone, rest] = [nameOf(1), nameOf(2)];
		const path = put(gone, 'a\n');
		const other = put(rest, 'b\n');
		const log = await followed(open({sweep: 20, drowsy: 0}));
		rmSync(path);
		appendFileSync(other, 'c\n');
		await expectText(log, rest, 'b\nc\n');
		await new Promise(resolve => setTimeout(resolve, 100));
		put(gone, 'again\n');
		await expectText(log, gone, 'a\nagain\n');
		expect(log.problems).toEqual([]);
	});

	test.skipIf(process.platform !== 'linux')('of 300 logs few are open, and one that grows wakes no other', async () => {
		for (let number = 0; number < 300; number++) {
			put(nameOf(number), `${number}\n`);
		}
		const log = new CountedFiles(folder);
		onTestFinished(await open({sweep: 3_600_000}).follow(log));
		expect(new Set(log.names).size).toBe(300);
		appendFileSync(join(folder, nameOf(37)), 'more\n');
		await expectText(log, nameOf(37), '37\nmore\n');
		expect(log.names).toHaveLength(301);
		expect(log.most).toBeGreaterThan(0);
		expect(log.most).toBeLessThan(150);
	});
});

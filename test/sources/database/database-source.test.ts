import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import Database from 'libsql';
import {beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {DatabaseSource} from '../../../source/sources/database/database-source.js';
import type {RemoteCursor} from '../../../source/sources/remote-cursor.js';
import {until} from '../../support/until.js';
import {Collected, temporaryFolder} from '../collect.js';

let folder: string;
let path: string;
beforeEach(() => {
	folder = temporaryFolder();
	path = join(folder, 'session store#1.db');
});

const schema = `
	CREATE TABLE sessions (id TEXT PRIMARY KEY, cwd TEXT);
	CREATE TABLE assistant_usage_events (id INTEGER PRIMARY KEY, session_id TEXT, model TEXT, input_tokens INTEGER);
	INSERT INTO sessions VALUES ('s1', '/home/ada/shop');
`;

/** The agent: it keeps its file open, in WAL mode, and never checkpoints it. */
const openAgent = () => {
	const agent = new Database(path);
	agent.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
	agent.exec(schema);
	onTestFinished(() => void agent.close());
	return agent;
};
const answer = (agent: Database.Database, tokens: number) =>
	agent.exec(`INSERT INTO assistant_usage_events (session_id, model, input_tokens) VALUES ('s1', 'm', ${tokens})`);

const sourceOf = (resume?: RemoteCursor) => new DatabaseSource({id: path, name: 'store.db'}, path, {resume, sweep: 50});
const tokensIn = (text: string): readonly number[] =>
	text
		.split('\n')
		.filter(line => line !== '')
		.map(line => (JSON.parse(line) as {input_tokens: number}).input_tokens);

const readNow = async (resume?: RemoteCursor) => {
	const source = sourceOf(resume);
	const all = new Collected();
	await source.read(all);
	return {tokens: tokensIn(all.text), problems: all.problems, mark: source.positionOf(path)};
};

describe('while the agent has it open', () => {
	test('rows that are only in the write-ahead log are read', async () => {
		const agent = openAgent();
		answer(agent, 10);
		answer(agent, 20);
		expect(await readNow()).toMatchObject({tokens: [10, 20], problems: []});
	});

	test('what is written later is read as it is written, once', async () => {
		const agent = openAgent();
		answer(agent, 10);
		const all = new Collected();
		const stop = await sourceOf().follow(all);
		onTestFinished(stop);
		expect(tokensIn(all.text)).toEqual([10]);
		for (const tokens of [20, 30]) {
			answer(agent, tokens);
			await until(() => expect(tokensIn(all.text).at(-1)).toBe(tokens));
		}
		agent.exec('PRAGMA wal_checkpoint(TRUNCATE)');
		answer(agent, 40);
		await until(() => expect(tokensIn(all.text)).toEqual([10, 20, 30, 40]));
		expect(all.problems).toEqual([]);
	});

	test('a clock that is set back a day delays nothing', async () => {
		const agent = openAgent();
		answer(agent, 10);
		const all = new Collected();
		onTestFinished(await sourceOf().follow(all));
		onTestFinished(() => {
			vi.useRealTimers();
		});
		vi.useFakeTimers({toFake: ['Date'], now: Date.now() - 86_400_000});
		answer(agent, 20);
		await until(() => expect(tokensIn(all.text)).toEqual([10, 20]));
	});

	test('a row that can be read only after its log has grown is not missed', async () => {
		const agent = openAgent();
		answer(agent, 10);
		// From now on the log is written from its beginning again, and stays as large as it is.
		agent.exec('PRAGMA wal_checkpoint(RESTART)');
		const sameTime = () => utimesSync(`${path}-wal`, 1000, 1000);
		sameTime();
		const source = new DatabaseSource({id: path, name: 'store.db'}, path, {sweep: 20, settling: 1e9});
		const all = new Collected();
		onTestFinished(await source.follow(all));
		await until(() => expect(tokensIn(all.text)).toEqual([10]));
		const {size} = statSync(`${path}-wal`);
		answer(agent, 20);
		sameTime();
		expect(statSync(`${path}-wal`).size).toBe(size);
		await until(() => expect(tokensIn(all.text)).toEqual([10, 20]));
	});

	test('neither the file nor its log is changed, and the agent may always write', async () => {
		const agent = openAgent();
		answer(agent, 10);
		const before = ['', '-wal'].map(ending => readFileSync(path + ending));
		agent.exec('BEGIN IMMEDIATE');
		answer(agent, 20);
		expect((await readNow()).tokens).toEqual([10]);
		agent.exec('ROLLBACK');
		expect(['', '-wal'].map(ending => readFileSync(path + ending))).toEqual(before);
	});

	test('a transaction that is under way is not read', async () => {
		const agent = openAgent();
		const all = new Collected();
		const stop = await sourceOf().follow(all);
		onTestFinished(stop);
		agent.exec('BEGIN');
		answer(agent, 10);
		answer(agent, 20);
		agent.exec('COMMIT');
		await until(() => expect(tokensIn(all.text)).toEqual([10, 20]));
	});
});

test('a copy without the index of its log is read, and no file is created next to it', async () => {
	const agent = openAgent();
	answer(agent, 10);
	const copies = join(folder, 'backup');
	mkdirSync(copies);
	for (const ending of ['', '-wal']) {
		copyFileSync(path + ending, join(copies, `b.db${ending}`));
	}
	path = join(copies, 'b.db');
	expect((await readNow()).tokens).toEqual([10]);
	expect(readdirSync(copies).sort()).toEqual(['b.db', 'b.db-wal']);
});

test('a file without a log is read as it stands, also where nothing may be written', async () => {
	const agent = new Database(path);
	agent.exec(schema);
	answer(agent, 10);
	agent.close();
	chmodSync(path, 0o400);
	chmodSync(folder, 0o500);
	onTestFinished(() => chmodSync(folder, 0o700));
	expect((await readNow()).tokens).toEqual([10]);
	expect(readdirSync(folder)).toEqual(['session store#1.db']);
});

test('a later reading continues after the rows of the one before; in another file it starts over', async () => {
	const agent = openAgent();
	answer(agent, 10);
	const {mark} = await readNow();
	answer(agent, 20);
	expect((await readNow(mark)).tokens).toEqual([20]);
	expect((await readNow({mark: 'nonsense'})).tokens).toEqual([10, 20]);
	const size = statSync(path).size;
	agent.close();
	for (const ending of ['', '-wal', '-shm']) {
		rmSync(path + ending, {force: true});
	}
	writeFileSync(join(folder, 'other'), Buffer.alloc(size));
	const other = new Database(path);
	other.exec(schema);
	answer(other, 7);
	other.close();
	expect((await readNow(mark)).tokens).toEqual([7]);
});

describe('what cannot be read is reported in one line', () => {
	test.each([
		[
			'a file that is no database',
			Buffer.from('no database at all, but long enough to be one'.repeat(50)),
			/damaged or no SQLite/,
		],
		[
			'a file that is cut off',
			Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(2000, 7)]),
			/damaged or no SQLite/,
		],
	])('%s', async (_, bytes, message) => {
		writeFileSync(path, bytes);
		const {tokens, problems} = await readNow();
		expect(tokens).toEqual([]);
		expect(problems).toMatchObject([{kind: 'unreadable', name: 'store.db', message: expect.stringMatching(message)}]);
	});

	test('a database of something else', async () => {
		const other = new Database(path);
		other.exec('CREATE TABLE notes (id INTEGER); CREATE TABLE tags (id INTEGER)');
		other.close();
		expect((await readNow()).problems).toMatchObject([
			{kind: 'unreadable', message: expect.stringMatching(/not a database of a known agent.*notes, tags/)},
		]);
	});

	test('one that is not there', async () => {
		expect((await readNow()).problems).toMatchObject([{kind: 'missing'}]);
		expect(existsSync(path)).toBe(false);
	});

	test('one that is replaced by a whole one is read then', async () => {
		writeFileSync(path, 'SQLite format 3\0 and nothing behind it'.padEnd(3000, '.'));
		const all = new Collected();
		const stop = await sourceOf().follow(all);
		onTestFinished(stop);
		expect(all.problems).toHaveLength(1);
		rmSync(path);
		const agent = openAgent();
		answer(agent, 10);
		await until(() => expect(tokensIn(all.text)).toEqual([10]));
	});
});

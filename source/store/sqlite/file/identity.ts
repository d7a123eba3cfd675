import {closeSync, openSync, rmSync, statSync} from 'node:fs';
import type {PriceList} from '../../../metrics/money/pricing.js';
import type {Tables} from '../tables/tables.js';
import {joinThreads} from '../write/joining.js';
import type {Writer} from '../write/writer.js';
import {storeErrorOf} from './failure.js';

/** Distinguishes a file from one that replaces it; undefined if there is none or it cannot be accessed. */
const keyAt = (path: string): string | undefined => {
	try {
		const {dev, ino} = statSync(path, {bigint: true});
		return `${dev}:${ino}`;
	} catch {
		return undefined;
	}
};

/** Suffixes of the files in which SQLite keeps what is not in the main file yet. */
const besides = ['-wal', '-shm'];

/** The file of an open store and its companions, as they were when it was opened. */
export class FileIdentity {
	readonly #key: string | undefined;
	readonly #besides: ReadonlyMap<string, string | undefined>;

	constructor(readonly path: string) {
		this.#key = keyAt(path);
		this.#besides = new Map(besides.map(ending => [ending, keyAt(path + ending)]));
	}

	/** Whether the file is still there. */
	get state(): 'there' | 'gone' | 'replaced' {
		const now = keyAt(this.path);
		return now === this.#key ? 'there' : now === undefined ? 'gone' : 'replaced';
	}

	/** Deletes companions left at the path: SQLite would take them for parts of the next file there. */
	clearBesides(): void {
		for (const [ending, key] of this.#besides) {
			if (keyAt(this.path + ending) === key) {
				rmSync(this.path + ending, {force: true});
			}
		}
	}
}

/** Writes an open store whose file is gone to its path again. */
export const writeAnew = ({database}: Tables): void => {
	// The copy is created readable by its owner only before anything is written to it.
	try {
		closeSync(openSync(database.path, 'wx', 0o600));
	} catch (error) {
		throw storeErrorOf(error, database.path);
	}
	database.run('VACUUM INTO ?', [database.path]);
};

/** Requests that are copied per batch. */
const batch = 4000;

/** Copies everything from one store to another, which may contain some of it already. */
export const handOver = (from: Tables, to: Tables, writer: Writer, prices: PriceList): void => {
	const logs = new Map(
		from.database
			.rows('SELECT id, path, coalesce(name, path) FROM log')
			.map(([id, path, name]) => [id as number, {id: path as string, name: name as string}]),
	);
	const write = (
		changes: Parameters<Writer['write']>[0]['changes'],
		cursors: Parameters<Writer['write']>[0]['cursors'],
	) =>
		to.database.writing(() => {
			writer.write({changes, cursors}, prices);
			writer.finish();
		});
	to.database.writing(() => {
		for (const [part, whole] of from.threads.joined()) {
			joinThreads(part, whole, to);
		}
		writer.finish();
	});
	from.indices.need('request_time');
	let changes: Parameters<Writer['write']>[0]['changes'][number][] = [];
	for (const {request, log} of from.requests.between({from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER})) {
		const of = logs.get(log);
		if (of) {
			changes.push({kind: 'put', log: of, request});
		}
		if (changes.length >= batch) {
			write(changes, []);
			changes = [];
		}
	}
	write(
		changes,
		[...logs.values()].flatMap(log => {
			const cursor = from.logs.cursor(log.id);
			const glance = from.logs.glance(log.id);
			return cursor === undefined && glance === undefined ? [] : [{log, cursor, glance}];
		}),
	);
};

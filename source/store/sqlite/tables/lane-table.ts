import type {ModelPrices} from '../../../metrics/money/pricing.js';
import {type Lane, laneKey} from '../../../metrics/sums/parts.js';
import type {Connection} from '../file/connection.js';
import type {Row} from '../file/value.js';

/** A stored lane; prices are decimal text, since they may have many digits. */
type What = {
	readonly model?: string | undefined;
	readonly project?: string | undefined;
	readonly host?: string | undefined;
	readonly agent?: string | undefined;
	readonly provider?: string | undefined;
	readonly price?: PriceText | undefined;
};
type PriceText = {
	readonly input: string;
	readonly cacheRead: string;
	readonly cacheWrite5m: string;
	readonly cacheWrite1h: string;
	readonly output?: string | undefined;
	readonly from: string;
	readonly derived1h: boolean;
};

const toText = ({input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, derived1h}: ModelPrices): PriceText => ({
	input: String(input),
	cacheRead: String(cacheRead),
	cacheWrite5m: String(cacheWrite5m),
	cacheWrite1h: String(cacheWrite1h),
	output: output === undefined ? undefined : String(output),
	from,
	derived1h,
});

const fromText = ({input, cacheRead, cacheWrite5m, cacheWrite1h, output, from, derived1h}: PriceText): ModelPrices => ({
	input: BigInt(input),
	cacheRead: BigInt(cacheRead),
	cacheWrite5m: BigInt(cacheWrite5m),
	cacheWrite1h: BigInt(cacheWrite1h),
	output: output === undefined ? undefined : BigInt(output),
	from,
	derived1h,
});

/** A lane, its number, and its number of requests. */
export type KeptLane = {readonly id: number; readonly lane: Lane; requests: number};

/** Lanes by number. */
export class LaneTable {
	readonly #database: Connection;
	readonly #ids = new Map<string, number>();
	/** Numbers by lane object. */
	#idsOfObjects = new WeakMap<Lane, number>();
	#kept: Map<number, KeptLane> | undefined;
	/** Changes of the numbers of requests, until they are written together. */
	readonly #counts = new Map<number, number>();

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Drops its cache, because another process may have changed the table, or a transaction was rolled back. */
	drop(): void {
		this.#ids.clear();
		this.#idsOfObjects = new WeakMap();
		this.#kept = undefined;
		this.#counts.clear();
	}

	/** The number of a lane, which is added if new. */
	idOf(lane: Lane): number {
		let id = this.#idsOfObjects.get(lane);
		if (id === undefined) {
			const key = laneKey(lane);
			id = this.#ids.get(key) ?? this.#findOrAdd(lane);
			this.#ids.set(key, id);
			this.#idsOfObjects.set(lane, id);
		}
		return id;
	}

	#findOrAdd({price, ...names}: Lane): number {
		const kept = this.#all();
		const {model, project, host, agent, provider} = names;
		const what: What = {model, project, host, agent, provider, price: price && toText(price)};
		const values = [JSON.stringify(what)];
		const found = this.#database.row('SELECT id FROM lane WHERE what = ?', values);
		if (found) {
			return found[0] as number;
		}
		this.#database.run('INSERT INTO lane (what) VALUES (?)', values);
		const row = this.#database.row(`${selection} WHERE what = ?`, values) as Row;
		this.#remember(kept, row);
		return row[0] as number;
	}

	/** Counts a request that was added to a lane, or removed from it. */
	count(id: number, change: 1 | -1): void {
		this.#counts.set(id, (this.#counts.get(id) ?? 0) + change);
	}

	/** Writes the numbers of requests. To be called at the end of each transaction. */
	flush(): void {
		if (this.#counts.size === 0) {
			return;
		}
		// One by one takes as long as the requests themselves if there are many lanes.
		this.#database.run(
			`UPDATE lane SET requests = requests + (change.value ->> 1)
			FROM json_each(?) AS change WHERE lane.id = change.value ->> 0`,
			[JSON.stringify([...this.#counts])],
		);
		for (const [id, change] of this.#counts) {
			(this.#all().get(id) as KeptLane).requests += change;
		}
		this.#counts.clear();
	}

	/** All lanes by number, including those that became empty. */
	all(): ReadonlyMap<number, KeptLane> {
		return this.#all();
	}

	/** The lane with a number from a row. */
	lane(id: number): Lane {
		return (this.#all().get(id) as KeptLane).lane;
	}

	#all(): Map<number, KeptLane> {
		if (!this.#kept) {
			this.#kept = new Map();
			for (const row of this.#database.rows(`${selection} ORDER BY id`)) {
				this.#remember(this.#kept, row);
			}
		}
		return this.#kept;
	}

	#remember(kept: Map<number, KeptLane>, [id, text, requests]: Row): void {
		const {model, project, host, agent, provider, price} = JSON.parse(text as string) as What;
		const lane = {model, project, host, agent, provider, price: price && fromText(price)};
		kept.set(id as number, {id: id as number, lane, requests: requests as number});
	}
}

const selection = 'SELECT id, what, requests FROM lane';

import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from './formats/format.js';
import {boundName, boundNames} from './names.js';
import type {Log, LogFacts, Source, SourceProblem, SourceSink} from './sources/source.js';
import type {Store} from './store/store.js';

/** What was read of one log, and what it turned out to be. */
export type LogReading = {
	readonly facts: LogFacts;
	/** Undefined as long as nothing recognised it. */
	readonly format: string | undefined;
	readonly tally: Tally;
	/** Epoch milliseconds at which its latest bytes arrived; undefined before the first. */
	readonly lastRead: number | undefined;
};

export type IngestOptions = Omit<FormatContext, 'source' | 'onRequest' | 'onRetract' | 'fallbackTime'> & {
	readonly formats: readonly Format[];
	readonly now: () => number;
	/** Called after anything changed, often. */
	readonly onChange: () => void;
};

type Reading = {
	log: Log;
	facts: LogFacts;
	session: FormatSession | undefined;
	format: Format | undefined;
	lastRead: number | undefined;
	/** Ids of the requests of a format that may have to give way. */
	caught: readonly string[];
};

/** Drives sources into formats and formats into the store. */
export class Ingest implements SourceSink {
	readonly #store: Store;
	readonly #options: IngestOptions;
	readonly #readings = new Map<string, Reading>();
	readonly #problems = new Map<string, SourceProblem>();

	constructor(store: Store, options: IngestOptions) {
		this.#store = store;
		this.#options = options;
	}

	get readings(): readonly LogReading[] {
		return [...this.#readings.values()].map(({facts, format, session, lastRead}) => ({
			facts,
			format: format?.name,
			tally: session?.tally ?? emptyTally(),
			lastRead,
		}));
	}

	/** Latest of each kind and place. */
	get problems(): readonly SourceProblem[] {
		return [...this.#problems.values()];
	}

	/** Reads what is there, of every source. */
	async read(sources: readonly Source[]): Promise<void> {
		for (const source of sources) {
			await source.read(this);
		}
	}

	lines(log: Log, bytes: Buffer, head: boolean): void {
		const reading = this.#reading(log);
		for (const kind of ['missing', 'unreadable']) {
			this.#problems.delete(`${kind} ${log.name}`);
		}
		this.#recognise(reading, bytes);
		reading.session?.lines(bytes, head);
		reading.lastRead = this.#options.now();
		this.#options.onChange();
	}

	/** A log keeps its format, unless that is one that takes what no other knows. */
	#recognise(reading: Reading, bytes: Buffer): void {
		if (reading.format && !reading.format.catchAll) {
			return;
		}
		const format = this.#options.formats.find(candidate => candidate !== reading.format && candidate.recognise(bytes));
		if (!format || (reading.format && format.catchAll)) {
			return;
		}
		this.#store.remove(reading.caught);
		const caught: string[] = [];
		reading.caught = caught;
		reading.format = format;
		reading.session = format.open({
			...this.#options,
			source: boundName(reading.log.name) ?? '',
			fallbackTime: this.#options.now(),
			onRequest: request => {
				this.#store.put(boundNames(request));
				if (format.catchAll) {
					caught.push(request.id);
				}
			},
			onRetract: ids => this.#store.remove(ids),
		});
	}

	caughtUp(facts: LogFacts): void {
		const reading = this.#reading(facts.log);
		reading.facts = facts;
		if (reading.session) {
			this.#store.putProvisional(facts.log.id, reading.session.provisional().map(boundNames));
		}
		this.#options.onChange();
	}

	problem(problem: SourceProblem): void {
		const key = `${problem.kind} ${problem.name}`;
		const before = this.#problems.get(key)?.count ?? 0;
		this.#problems.set(key, {...problem, count: Math.max(before, problem.count)});
		this.#options.onChange();
	}

	#reading(log: Log): Reading {
		let reading = this.#readings.get(log.id);
		if (!reading) {
			reading = {
				log,
				facts: {log, size: 0, read: 0, lines: 0, modified: undefined},
				session: undefined,
				format: undefined,
				lastRead: undefined,
				caught: [],
			};
			this.#readings.set(log.id, reading);
		}
		return reading;
	}
}

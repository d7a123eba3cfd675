import type {Log} from '../log.js';
import {countLines} from '../scanner/count-lines.js';
import type {LogFacts, RecentLines, Source, SourceProblem, SourceSink} from '../sources/source.js';
import type {Store} from '../store/store.js';
import {boundName} from '../text/bound-names.js';
import {Awake} from './awake.js';
import {Batches} from './batches.js';
import {CrossReference} from './cross-reference.js';
import {Glances} from './glance.js';
import type {LogReading} from './log-reading.js';
import {requestsAside} from './open-session.js';
import type {IngestOptions} from './options.js';
import {Problems} from './problems.js';
import {Reading, type Surroundings} from './reading.js';
import {SavedReadings} from './saved-readings.js';

const none = [] as const;

const recentOf = (log: Log): Log => ({id: `${log.id} recent`, name: log.name});

/** Passes sources' lines to formats, and formats' requests to the store, in batches of requests and positions. */
export class Ingest implements SourceSink {
	readonly #store: Store;
	readonly #options: IngestOptions;
	/** By log id; only the state for logs of which nothing else has to be held. */
	readonly #readings = new Map<string, Reading | LogReading>();
	readonly #glances = new Glances();
	readonly #awake = new Awake<Reading>();
	readonly #problems = new Problems();
	readonly #references = new CrossReference();
	readonly #batches: Batches;
	readonly #around: Surroundings;
	#isClosed = false;
	/** Undefined after any change. */
	#views: readonly LogReading[] | undefined;
	/** The version of the cross-references with which they were computed. */
	#viewsVersion = 0;
	/** Names of the formats in use. */
	readonly #formats: ReadonlySet<string>;

	constructor(store: Store, options: IngestOptions) {
		this.#formats = new Set(options.formats.map(({name}) => name));
		this.#store = store;
		this.#options = options;
		const shared = {store, references: this.#references, problems: this.#problems};
		this.#batches = new Batches({
			...options,
			...shared,
			logOf: source => [...this.#logs()].find(({name}) => boundName(name) === source),
		});
		this.#around = {
			...shared,
			options,
			saved: options.saved ?? new SavedReadings(store),
			onKeep: change => this.#batches.add(change),
			onProvisional: reading => this.#batches.addProvisional(reading),
		};
	}

	/** The state of each log: the same array until something changes, with the same objects for unchanged logs. */
	get readings(): readonly LogReading[] {
		const {version} = this.#references;
		if (!this.#views || this.#viewsVersion !== version) {
			this.#viewsVersion = version;
			this.#views = [...this.#readings.values()].map(viewOf);
		}
		return this.#views;
	}

	/** The latest problem of each kind and place. */
	get problems(): readonly SourceProblem[] {
		return this.#problems.all;
	}

	/** Reads what exists from all sources, once. */
	async read(sources: readonly Source[]): Promise<void> {
		for (const source of sources) {
			await source.read(this);
		}
		while (!this.flush(true)) {}
	}

	/** Ignores everything from now on. */
	close(): void {
		this.#isClosed = true;
	}

	/**
	 * Saves what was read since the last call. Until then it is not counted, but not lost either: the next process
	 * reads it again. Throws a `StoreError` if saving fails.
	 * @param isFinal true saves positions as well; otherwise they are saved once per second, and the next process reads
	 * the rest again, which has no effect
	 * @param moreFollows true if more is about to come, which the store may wait for
	 * @returns false if the store is busy and the call has to be repeated
	 */
	flush(isFinal = false, moreFollows = false): boolean {
		if (this.#isClosed) {
			return true;
		}
		try {
			if (!this.#batches.keep(isFinal, moreFollows)) {
				this.#options.onChange();
				return false;
			}
		} catch (error) {
			// What could not be saved is read again by the next store; this one is done.
			this.close();
			throw error;
		}
		if (this.#batches.isMarked) {
			for (const reading of this.#awake.surplus()) {
				if (reading.rest()) {
					const {view} = reading;
					this.#readings.set(view.facts.log.id, {...view, ...this.#glances.shared(view)});
					this.#views = undefined;
				}
			}
		}
		return true;
	}

	lines(log: Log, bytes: Buffer, head: boolean, before?: number, count = countLines(bytes)): void {
		if (this.#isClosed) {
			return;
		}
		const reading = this.#reading(log);
		this.#problems.linesCame(log);
		reading.lines(bytes, head, before, count);
		this.#awake.add(reading);
		this.#batches.addRead(reading, bytes.length);
		if (this.#batches.isFull) {
			this.flush(true, true);
			// Only now does the source know whether these were the last lines, which is saved with the next batch.
			this.#batches.addRead(reading, 0);
		}
		this.#options.onChange();
	}

	/** A line that may still be completed counts for now, and is not saved. */
	unfinished(log: Log, bytes: Buffer, head: boolean): void {
		this.#reading(log).unfinished(bytes, head);
		this.#options.onChange();
	}

	/** The end of a log, before the rest is read: counts until then, and is not saved. */
	recent({log, bytes}: RecentLines): void {
		const format = this.#options.formats.find(candidate => candidate.recognise(bytes));
		if (format) {
			this.#store.putProvisional(recentOf(log), requestsAside(format, log, {bytes, head: false}, this.#options));
			this.#options.onChange();
		}
	}

	/** Called when all of a log has been read. */
	forgetRecent(log: Log): void {
		this.#store.putProvisional(recentOf(log), []);
	}

	caughtUp(facts: LogFacts): void {
		if (!this.#isClosed) {
			this.#reading(facts.log).facts = facts;
			if (facts.modified !== undefined) {
				this.#problems.isThere(facts.log);
			}
			this.#options.onChange();
		}
	}

	unchanged(facts: LogFacts): void {
		if (!this.#isClosed) {
			if (!this.#glanceAt(facts)) {
				this.#reading(facts.log, true).facts = facts;
			}
			this.#options.onChange();
		}
	}

	problem(problem: SourceProblem): void {
		this.#problems.note(problem);
		this.#options.onChange();
	}

	/**
	 * The reading of a log that is about to change.
	 * @param isResting true if the log has not changed since an earlier reading
	 */
	#reading(log: Log, isResting = false): Reading {
		this.#views = undefined;
		const known = this.#readings.get(log.id);
		if (known instanceof Reading) {
			return known;
		}
		if (!known) {
			this.#introduce(log);
		}
		const reading = new Reading(log, this.#around, known ?? isResting);
		this.#readings.set(log.id, reading);
		return reading;
	}

	/** Uses what the store knows about an unchanged log; false if that does not suffice. */
	#glanceAt({log, size, modified}: LogFacts): boolean {
		const known = this.#readings.get(log.id);
		const words = known instanceof Reading ? undefined : this.#store.glance(log.id);
		const glance = words === undefined ? undefined : this.#glances.read(words);
		if (!glance || (glance.format !== undefined && !this.#formats.has(glance.format))) {
			return false;
		}
		if (!known) {
			this.#introduce(log);
		}
		const {read, lines, format, tally} = glance;
		const facts = {log, size, read, lines, modified};
		this.#readings.set(log.id, {facts, format, tally, sums: none, lastRead: undefined});
		this.#views = undefined;
		return true;
	}

	#introduce(log: Log): void {
		this.#store.introduce?.(log);
		this.#references.logAdded();
	}

	*#logs(): Generator<Log> {
		for (const reading of this.#readings.values()) {
			yield reading instanceof Reading ? reading.log : reading.facts.log;
		}
	}
}

const viewOf = (reading: Reading | LogReading): LogReading => (reading instanceof Reading ? reading.view : reading);

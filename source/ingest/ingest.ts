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

const none = [] as const;

const recentOf = (log: Log): Log => ({id: `${log.id} recent`, name: log.name});

/** Drives sources into formats and formats into the store, in batches: requests together with how far was read. */
export class Ingest implements SourceSink {
	readonly #store: Store;
	readonly #options: IngestOptions;
	/** By the ids of their logs; what was read of those of which nothing else need be held. */
	readonly #readings = new Map<string, Reading | LogReading>();
	readonly #glances = new Glances();
	readonly #awake = new Awake<Reading>();
	readonly #problems = new Problems();
	readonly #references = new CrossReference();
	readonly #batches: Batches;
	readonly #around: Surroundings;
	#isClosed = false;
	/** Undefined once anything changed. */
	#views: readonly LogReading[] | undefined;
	/** The references' version that they were made with. */
	#viewsVersion = 0;
	/** Names of the formats that logs are read as. */
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
			onKeep: change => this.#batches.add(change),
			onProvisional: reading => this.#batches.addProvisional(reading),
		};
	}

	/** What was read of each log: the same array as long as nothing changed, and in it the same objects for unchanged logs. */
	get readings(): readonly LogReading[] {
		const {version} = this.#references;
		if (!this.#views || this.#viewsVersion !== version) {
			this.#viewsVersion = version;
			this.#views = [...this.#readings.values()].map(viewOf);
		}
		return this.#views;
	}

	/** Latest of each kind and place. */
	get problems(): readonly SourceProblem[] {
		return this.#problems.all;
	}

	/** Reads what is there, of every source. */
	async read(sources: readonly Source[]): Promise<void> {
		for (const source of sources) {
			await source.read(this);
		}
		while (!this.flush(true)) {}
	}

	/** Takes nothing more in. */
	close(): void {
		this.#isClosed = true;
	}

	/**
	 * Keeps what was read since the last time. Until then it is neither counted nor lost: the next process reads it again.
	 * Throws a `StoreError` where it cannot be kept.
	 * @param isFinal how far was read is kept as well; otherwise that is done once a second, and what was read since is
	 * read again by the next process, which changes nothing
	 * @returns false where the store is busy: it is tried again
	 */
	flush(isFinal = false): boolean {
		if (this.#isClosed) {
			return true;
		}
		try {
			if (!this.#batches.keep(isFinal)) {
				this.#options.onChange();
				return false;
			}
		} catch (error) {
			// What could not be kept is read again by whoever takes over; this one is done.
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
			this.flush(true);
			// Whether these were its last lines its source knows only now: that is kept with the next batch.
			this.#batches.addRead(reading, 0);
		}
		this.#options.onChange();
	}

	/** A line that may still be completed counts for now, and is not kept. */
	unfinished(log: Log, bytes: Buffer, head: boolean): void {
		this.#reading(log).unfinished(bytes, head);
		this.#options.onChange();
	}

	/** What is at the end of a log, before what comes before it is read: it counts until then, and is not kept. */
	recent({log, bytes}: RecentLines): void {
		const format = this.#options.formats.find(candidate => candidate.recognise(bytes));
		if (format) {
			this.#store.putProvisional(recentOf(log), requestsAside(format, log, {bytes, head: false}, this.#options));
			this.#options.onChange();
		}
	}

	/** All of a log has been read. */
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
	 * The reading of a log, which is about to change.
	 * @param isResting where nothing was read of it yet, it has not changed since an earlier reading
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

	/** Takes in what the store tells of a log that has not changed; false where it takes more than that. */
	#glanceAt({log, size, modified}: LogFacts): boolean {
		const known = this.#readings.get(log.id);
		const words = known instanceof Reading ? undefined : this.#store.glance?.(log.id);
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

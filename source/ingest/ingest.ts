import {
	type CacheChange,
	emptyTally,
	type Format,
	type FormatContext,
	type FormatSession,
	type Sum,
	type Tally,
	type ThreadModel,
} from '../formats/format.js';
import type {Log} from '../log.js';
import type {Request} from '../request.js';
import type {Position} from '../sources/file/position.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {LogFacts, RecentLines, Source, SourceProblem, SourceSink} from '../sources/source.js';
import {type Cursor, readCursor} from '../store/cursor.js';
import type {LocalLedger} from '../store/local-ledger.js';
import {type Batch, type Change, type Store, StoreError} from '../store/store.js';
import {boundName, boundNames} from '../text/names.js';
import {CrossReference} from './cross-reference.js';
import {Document, type DocumentPart, largestDocument} from './document.js';

/** What was read of one log, and what it turned out to be. */
export type LogReading = {
	readonly facts: LogFacts;
	/** Undefined as long as nothing recognised it. */
	readonly format: string | undefined;
	readonly tally: Tally;
	/** What it tells as sums only: of threads whose requests are not known one by one. */
	readonly sums: readonly Sum[];
	/** Epoch milliseconds at which its latest bytes arrived; undefined before the first. */
	readonly lastRead: number | undefined;
};

export type IngestOptions = Omit<FormatContext, 'source' | 'lineAt' | 'onRequest' | 'onRetract'> & {
	readonly formats: readonly Format[];
	readonly now: () => number;
	/** Called after anything changed, often. */
	readonly onChange: () => void;
	/** How far a log has been read, by its id; without it the next process begins at its start. */
	readonly positionOf?: ((log: string) => Position | RemoteCursor | undefined) | undefined;
	/** Leaves out of a batch what another source told already, given what is kept so far. */
	readonly withoutRepeats?: ((batch: Batch, kept: Pick<LocalLedger, 'requests'>) => Batch) | undefined;
};

type Reading = {
	log: Log;
	facts: LogFacts;
	session: FormatSession | undefined;
	/** What an earlier session saved, as JSON, until lines come: most of thousands of logs have none. */
	saved: string | undefined;
	/** It has not changed since an earlier reading: what that left is asked for again when lines come. */
	isResting: boolean;
	/** As of that session. */
	tally: Tally;
	/** The same of what it told as sums. */
	sums: readonly Sum[];
	/** The same of what it told of requests in other logs. */
	changes: readonly CacheChange[];
	models: readonly ThreadModel[];
	format: Format | undefined;
	lastRead: number | undefined;
	/** Read by this process. */
	bytes: number;
	/** What earlier processes read of it. */
	readBefore: Pick<Cursor, 'read' | 'lines'>;
	/** Gathers its lines, where it is one JSON document. */
	document: Document | undefined;
	/** What counts for now together with its unfinished last line. */
	unfinished: readonly Request[] | undefined;
};

/** So many bytes of a log that only a catch-all format takes are read before it stays with that. */
const undecided = 1 << 20;

const noTally = emptyTally();
const none = [] as const;
const nothingBefore = {read: 0, lines: 0} as const;

const recentOf = (log: Log): Log => ({id: `${log.id} recent`, name: log.name});

/** What is over as soon as lines come again. */
const passing = ['missing', 'unreadable', 'watch-failed', 'command-failed'] as const;
const mostProblems = 200;

/** How far was read is kept so often while following, milliseconds: it takes more room than what was read. */
const markEvery = 1000;
/** A store that another process writes is waited for so long, milliseconds. */
const patience = 60_000;

/** Logs whose sessions are held ready: of more, those that had no lines for longest are held as what they save. */
const mostAwake = 1000;

/** So many changes, or bytes read, are kept together at most. */
const batchChanges = 4000;
const batchBytes = 64 << 20;

/** Drives sources into formats and formats into the store, in batches: requests together with how far was read. */
export class Ingest implements SourceSink {
	readonly #store: Store;
	readonly #options: IngestOptions;
	readonly #readings = new Map<string, Reading>();
	readonly #problems = new Map<string, SourceProblem>();
	/** Read since the last time that anything was kept. */
	readonly #touched = new Set<Reading>();
	readonly #references = new CrossReference();
	/** Lines of their file before those that are being handed over; undefined where that is not known. */
	#before: number | undefined;
	/** What an earlier process left open of them counts for now. */
	readonly #resumed = new Set<Reading>();
	/** Those with a session that was given lines, the one that was given some last at the end. */
	readonly #awake = new Set<Reading>();
	/** Read since the last time that it was kept how far. */
	readonly #advanced = new Set<Reading>();
	#marked = Number.NEGATIVE_INFINITY;
	/** When the store began to be busy, by `performance.now`. */
	#busySince: number | undefined;
	#isClosed = false;
	#changes: Change[] = [];
	#bytes = 0;

	constructor(store: Store, options: IngestOptions) {
		this.#store = store;
		this.#options = options;
	}

	get readings(): readonly LogReading[] {
		return [...this.#readings.values()].map(({facts, format, session, tally, sums, lastRead, readBefore}) => ({
			facts: {...facts, read: facts.read + readBefore.read, lines: facts.lines + readBefore.lines},
			format: format?.name,
			tally: session?.tally ?? tally,
			sums: this.#untold(session?.sums ?? sums),
			lastRead,
		}));
	}

	/** Sums that tell anything new. */
	#untold(sums: readonly Sum[]): readonly Sum[] {
		return sums.every(({thread}) => thread === undefined)
			? sums
			: sums.filter(({thread}) => thread === undefined || !this.#references.isKnown(thread, this.#store));
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
		const touched = [...this.#touched];
		const provisional = [...touched, ...this.#resumed];
		for (const reading of touched) {
			this.#advanced.add(reading);
		}
		const marks = isFinal || this.#options.now() - this.#marked >= markEvery;
		const cursors = marks ? [...this.#advanced].flatMap(reading => this.#cursorsOf(reading)) : [];
		const isNews = this.#changes.length > 0 || cursors.length > 0 || !this.#references.isSettled;
		if (isNews && !this.#commit({changes: this.#changes, cursors})) {
			this.#options.onChange();
			return false;
		}
		if (marks) {
			this.#advanced.clear();
			this.#marked = this.#options.now();
		}
		this.#changes = [];
		this.#touched.clear();
		this.#resumed.clear();
		this.#bytes = 0;
		for (const {log, session, unfinished} of provisional) {
			this.#store.putProvisional(log, unfinished ?? session?.provisional().map(boundNames) ?? []);
		}
		if (marks) {
			this.#restSome();
		}
		return true;
	}

	/** A session takes many times the room of what it saves. Called when the cursors of all that was read are kept. */
	#restSome(): void {
		let most = this.#awake.size - mostAwake;
		for (const reading of this.#awake) {
			if (most-- <= 0) {
				return;
			}
			this.#awake.delete(reading);
			const {session, document} = reading;
			if (session && session.provisional().length === 0 && !document) {
				const {tally, sums = none, changes = none, models = none} = session;
				Object.assign(reading, {
					...{tally: {...tally}, sums, changes, models},
					saved: JSON.stringify(session.save() ?? null),
					session: undefined,
				});
			}
		}
	}

	/** Another process may be writing for long: what is to be kept waits for a while. */
	#commit(batch: Batch): boolean {
		try {
			const alone = this.#options.withoutRepeats?.(batch, this.#store) ?? batch;
			this.#store.commit(this.#references.joined(alone, this.#store, source => this.#logOf(source)));
			this.#references.settle();
			this.#busySince = undefined;
			for (const {name, message} of this.#store.exceeded ?? []) {
				this.problem({kind: 'too-many-names', name, message, count: 1});
			}
			return true;
		} catch (error) {
			const now = performance.now();
			this.#busySince ??= now;
			if (error instanceof StoreError && error.isBusy && now - this.#busySince < patience) {
				return false;
			}
			// What could not be kept is read again by whoever takes over; this one is done.
			this.close();
			throw error;
		}
	}

	#logOf(source: string): Log | undefined {
		return [...this.#readings.values()].find(({log}) => boundName(log.name) === source)?.log;
	}

	lines(log: Log, bytes: Buffer, head: boolean, before?: number): void {
		if (this.#isClosed) {
			return;
		}
		const reading = this.#reading(log);
		this.#wake(reading);
		for (const kind of passing) {
			this.#problems.delete(`${kind} ${log.name}`);
		}
		reading.unfinished = undefined;
		this.#recognise(reading, bytes, head);
		this.#handOver(reading, bytes, head, before);
		reading.lastRead = this.#options.now();
		this.#touched.add(reading);
		this.#awake.delete(reading);
		this.#awake.add(reading);
		reading.bytes += bytes.length;
		this.#bytes += bytes.length;
		if (this.#changes.length >= batchChanges || this.#bytes >= batchBytes) {
			this.flush(true);
		}
		this.#options.onChange();
	}

	/** Lines are handed over as they come, those of a document when it is whole. */
	#handOver(reading: Reading, bytes: Buffer, head: boolean, before: number | undefined): void {
		if (head) {
			reading.document = reading.format?.isDocument?.(bytes) ? new Document() : undefined;
		}
		const whole = reading.document ? this.#checked(reading.log, reading.document.add(bytes, head)) : bytes;
		if (whole) {
			this.#before = reading.document ? undefined : before;
			reading.session?.lines(whole, head || reading.document !== undefined);
			this.#note(reading);
		}
	}

	/** What its log tells of requests in other logs. */
	#note({log, session, ...before}: Reading): void {
		const {sums = before.sums, changes = before.changes, models = before.models} = session ?? {};
		const told = {sums, changes, models};
		if (sums.length + changes.length + models.length > 0) {
			this.#references.note(log.id, told, session === undefined);
		}
	}

	/** What is held of a document that is whole. */
	#checked({name}: Log, part: DocumentPart): Buffer | undefined {
		if (part === 'too-large') {
			const message = `${name}: skipped a document larger than ${largestDocument >> 20} MB`;
			this.problem({kind: 'line-too-long', name, message, count: 1});
		}
		return typeof part === 'string' ? undefined : part;
	}

	/**
	 * A log keeps its format, unless that is one that takes what no other knows, or the log was written anew as
	 * something else.
	 */
	#recognise(reading: Reading, bytes: Buffer, head: boolean): void {
		const {format: before} = reading;
		if (before && !before.catchAll && (!head || before.recognise(bytes))) {
			return;
		}
		// What is known for long, or was kept by an earlier process, is not given up for one line that looks otherwise.
		if (before?.catchAll && (reading.bytes > undecided || reading.readBefore.read > 0)) {
			return;
		}
		const format = this.#options.formats.find(candidate => candidate !== before && candidate.recognise(bytes));
		if (!format || (before && format.catchAll)) {
			return;
		}
		if (before?.open === format.open) {
			// The same reading by another name: what was read so far stays.
			reading.format = format;
			return;
		}
		if (before?.catchAll) {
			this.#changes.push({kind: 'clear', log: reading.log});
		}
		this.#open(reading, format);
	}

	#open(reading: Reading, format: Format, saved?: unknown): void {
		const {log} = reading;
		reading.format = format;
		reading.session = this.#session(
			format,
			log,
			{
				onRequest: request => this.#changes.push({kind: 'put', log, request: boundNames(request)}),
				onRetract: () => this.#changes.push({kind: 'retract', log}),
				lineAt: index => (this.#before === undefined ? undefined : this.#before + index + 1),
			},
			saved,
		);
	}

	#session(
		format: Format,
		log: Log,
		to: Pick<FormatContext, 'lineAt' | 'onRequest' | 'onRetract'>,
		saved?: unknown,
	): FormatSession {
		return format.open({...this.#options, ...to, source: boundName(log.name) ?? ''}, saved);
	}

	/** A line that may still be completed counts for now, and is not kept. */
	unfinished(log: Log, bytes: Buffer, head: boolean): void {
		const reading = this.#reading(log);
		this.#wake(reading);
		if (!reading.format) {
			this.#recognise(reading, bytes, head);
		}
		if (reading.format) {
			const isDocument = head ? reading.format.isDocument?.(bytes) : reading.document !== undefined;
			const document = isDocument ? (reading.document ?? new Document()) : undefined;
			const whole = document ? this.#checked(log, document.peek(bytes, head)) : bytes;
			reading.unfinished =
				whole && this.#requestsOf(reading.format, log, whole, {head, saved: reading.session?.save()});
			this.#resumed.add(reading);
		}
		this.#options.onChange();
	}

	/** What is at the end of a log, before what comes before it is read: it counts until then, and is not kept. */
	recent({log, bytes}: RecentLines): void {
		const format = this.#options.formats.find(candidate => candidate.recognise(bytes));
		if (format) {
			this.#store.putProvisional(recentOf(log), this.#requestsOf(format, log, bytes, {head: false}));
			this.#options.onChange();
		}
	}

	/** All of a log has been read. */
	forgetRecent(log: Log): void {
		this.#store.putProvisional(recentOf(log), []);
	}

	/** What lines tell, on top of what a session knows already. */
	#requestsOf(
		format: Format,
		log: Log,
		bytes: Buffer,
		{head, saved}: {readonly head: boolean; readonly saved?: unknown},
	): readonly Request[] {
		const found = new Map<string, Request>();
		const session = this.#session(
			format,
			log,
			{onRequest: request => found.set(request.id, boundNames(request)), onRetract: () => found.clear()},
			saved === undefined ? undefined : structuredClone(saved),
		);
		session.lines(bytes, head);
		return [...found.values(), ...session.provisional().map(boundNames)];
	}

	caughtUp(facts: LogFacts): void {
		if (this.#isClosed) {
			return;
		}
		const reading = this.#reading(facts.log);
		reading.facts = facts;
		this.#options.onChange();
	}

	unchanged(facts: LogFacts): void {
		if (this.#isClosed) {
			return;
		}
		this.#reading(facts.log, true).facts = facts;
		this.#options.onChange();
	}

	problem(problem: SourceProblem): void {
		const key = `${problem.kind} ${problem.name}`;
		const before = this.#problems.get(key)?.count ?? 0;
		this.#problems.set(key, {...problem, count: Math.max(before, problem.count)});
		const [oldest] = this.#problems.keys();
		if (this.#problems.size > mostProblems && oldest !== undefined) {
			this.#problems.delete(oldest);
		}
		this.#options.onChange();
	}

	/** @param isResting where it is new, it has not changed since an earlier reading */
	#reading(log: Log, isResting = false): Reading {
		let reading = this.#readings.get(log.id);
		if (!reading) {
			reading = {
				log,
				facts: {log, size: 0, read: 0, lines: 0, modified: undefined},
				session: undefined,
				saved: undefined,
				isResting,
				tally: noTally,
				sums: none,
				changes: none,
				models: none,
				format: undefined,
				lastRead: undefined,
				bytes: 0,
				document: undefined,
				readBefore: nothingBefore,
				unfinished: undefined,
			};
			this.#readings.set(log.id, reading);
			this.#store.introduce?.(log);
			this.#references.logAdded();
			this.#resume(reading);
		}
		return reading;
	}

	/** Takes up where an earlier reading ended. */
	#resume(reading: Reading): void {
		const saved = readCursor(this.#store.cursor(reading.log.id));
		const format = this.#options.formats.find(({name}) => name === saved?.format);
		const {tally, sums = none, changes = none, models = none} = (format && saved) ?? {tally: noTally};
		const readBefore = saved ? {read: saved.read, lines: saved.lines} : nothingBefore;
		Object.assign(reading, {format, session: undefined, tally, sums, changes, models, readBefore});
		if (saved && format) {
			this.#note(reading);
			if (saved.isOpen) {
				this.#open(reading, format, saved.session && structuredClone(saved.session));
				this.#resumed.add(reading);
			} else if (!reading.isResting) {
				reading.saved = JSON.stringify(saved.session ?? null);
			}
		}
	}

	/** Goes on with what an earlier session saved. */
	#wake(reading: Reading): void {
		if (reading.isResting) {
			// Another process may have read more of it since; the source goes on from there as well.
			reading.isResting = false;
			this.#resume(reading);
		}
		const {saved, format} = reading;
		if (saved !== undefined && format) {
			reading.saved = undefined;
			this.#open(reading, format, JSON.parse(saved) ?? undefined);
		}
	}

	/** None for what begins anew each time, as a command does. */
	#cursorsOf({log, format, session, facts, readBefore, document}: Reading): Batch['cursors'] {
		// A document is read from its beginning, as long as its end was not there.
		if (document?.isEmpty === false) {
			return [];
		}
		const position = this.#options.positionOf?.(log.id);
		const cursor: Cursor | undefined = position && {
			position,
			format: format?.name,
			session: session?.save(),
			tally: {...(session?.tally ?? noTally)},
			...(session?.sums?.length && {sums: session.sums}),
			...(session?.changes?.length && {changes: session.changes}),
			...(session?.models?.length && {models: session.models}),
			isOpen: (session?.provisional().length ?? 0) > 0,
			read: readBefore.read + facts.read,
			lines: readBefore.lines + facts.lines,
		};
		return cursor ? [{log, cursor}] : [];
	}
}

import {
	type CacheChange,
	emptyTally,
	type Format,
	type FormatSession,
	type Sum,
	type Tally,
	type ThreadModel,
} from '../formats/format.js';
import type {Request} from '../request.js';
import type {Cursor} from '../store/cursor.js';
import {boundNames} from '../text/bound-names.js';

/** What a session has reported so far, besides requests. */
export type SessionReport = {
	readonly tally: Tally;
	readonly sums?: readonly Sum[];
	readonly changes?: readonly CacheChange[];
	readonly models?: readonly ThreadModel[];
};

/** What a cursor contains of a session, besides its saved state. */
type Kept = Pick<Cursor, 'format' | 'tally' | 'sums' | 'changes' | 'models' | 'isOpen'>;

const emptyReport: SessionReport = {tally: emptyTally()};

/** Only the members of a report, because thousands of them are kept in memory. */
const reportOf = ({tally, sums, changes, models}: SessionReport): SessionReport => ({
	tally,
	...(sums?.length && {sums}),
	...(changes?.length && {changes}),
	...(models?.length && {models}),
});

/** Opens the session of a log, from the beginning or from a saved state. */
export type Opener = {open(format: Format, saved: unknown): FormatSession};

/** The session that reads a log: open while lines arrive, otherwise reduced to its saved state. */
export class HeldSession {
	readonly #opener: Opener;
	#format: Format | undefined;
	#session: FormatSession | undefined;
	/** State saved by an earlier session, as JSON until lines arrive: most of thousands of logs get none. */
	#saved: string | undefined;
	/** Report of an earlier session; unused once a session is open. */
	#report = emptyReport;

	constructor(opener: Opener) {
		this.#opener = opener;
	}

	/** The log's format; undefined until it is recognised. */
	get format(): Format | undefined {
		return this.#format;
	}

	/** The session, if open. */
	get current(): FormatSession | undefined {
		return this.#session;
	}

	get told(): SessionReport {
		return this.#session ?? this.#report;
	}

	/** Provisional requests, with names of limited length. */
	get provisional(): readonly Request[] {
		return this.#session?.provisional().map(boundNames) ?? [];
	}

	/** What is saved together with its position and the session's state. */
	get kept(): Kept {
		const told = reportOf(this.#session ?? emptyReport);
		return {
			format: this.#format?.name,
			...told,
			tally: {...told.tally},
			isOpen: (this.#session?.provisional().length ?? 0) > 0,
		};
	}

	/** The state needed to continue reading. */
	save(): unknown {
		return this.#session?.save();
	}

	/** Reads the log in this format from now on. If the new format reads like the old one, what was read stays. */
	readAs(format: Format): void {
		const isAlike = this.#format?.open === format.open;
		this.#format = format;
		if (!isAlike) {
			this.#session = this.#opener.open(format, undefined);
		}
	}

	/**
	 * Restores a cursor, if its format is known. A session with provisional requests is opened at once, because they
	 * count.
	 * @param mayWake true if lines may follow; otherwise `restore` is called again before any do
	 */
	restore(kept: (Kept & Pick<Cursor, 'session'>) | undefined, format: Format | undefined, mayWake: boolean): void {
		this.#format = format;
		this.#session = undefined;
		this.#report = format && kept ? reportOf(kept) : emptyReport;
		if (kept && format) {
			if (kept.isOpen) {
				this.#session = this.#opener.open(format, kept.session && structuredClone(kept.session));
			} else if (mayWake) {
				this.#saved = JSON.stringify(kept.session ?? null);
			}
		}
	}

	/** Opens the session if it was suspended. */
	wake(): void {
		const saved = this.#saved;
		if (saved !== undefined && this.#format) {
			this.#saved = undefined;
			this.#session = this.#opener.open(this.#format, JSON.parse(saved) ?? undefined);
		}
	}

	/**
	 * Replaces the session by its report and saved state.
	 * @param isKept true if the state is stored, and restored before lines arrive
	 */
	rest(isKept: boolean): void {
		const session = this.#session;
		if (session) {
			const told = reportOf(session);
			this.#report = {...told, tally: {...told.tally}};
			this.#saved = isKept ? undefined : JSON.stringify(session.save() ?? null);
			this.#session = undefined;
		}
	}
}

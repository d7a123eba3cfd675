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

/** What a session told so far, beside requests. */
export type SessionReport = {
	readonly tally: Tally;
	readonly sums?: readonly Sum[];
	readonly changes?: readonly CacheChange[];
	readonly models?: readonly ThreadModel[];
};

/** What a cursor keeps of a session, beside what that saves. */
type Kept = Pick<Cursor, 'format' | 'tally' | 'sums' | 'changes' | 'models' | 'isOpen'>;

const emptyReport: SessionReport = {tally: emptyTally()};

/** What was told, and nothing else: it is held for each of thousands of logs. */
const reportOf = ({tally, sums, changes, models}: SessionReport): SessionReport => ({
	tally,
	...(sums?.length && {sums}),
	...(changes?.length && {changes}),
	...(models?.length && {models}),
});

/** Opens the session of a log, anew or with what an earlier one saved. */
export type Opener = {open(format: Format, saved: unknown): FormatSession};

/** The session that reads one log: open while lines come, and held as what it saves while none do. */
export class HeldSession {
	readonly #opener: Opener;
	#format: Format | undefined;
	#session: FormatSession | undefined;
	/** What an earlier session saved, as JSON, until lines come: most of thousands of logs have none. */
	#saved: string | undefined;
	/** What an earlier session told; of no account once there is one. */
	#report = emptyReport;

	constructor(opener: Opener) {
		this.#opener = opener;
	}

	/** What the log is read as; undefined as long as nothing recognised it. */
	get format(): Format | undefined {
		return this.#format;
	}

	/** The session, where one is open. */
	get current(): FormatSession | undefined {
		return this.#session;
	}

	get told(): SessionReport {
		return this.#session ?? this.#report;
	}

	/** Requests that count for now only, with names of bounded length. */
	get provisional(): readonly Request[] {
		return this.#session?.provisional().map(boundNames) ?? [];
	}

	/** What is kept of it together with how far its log was read, and with what it saves. */
	get kept(): Kept {
		const told = reportOf(this.#session ?? emptyReport);
		return {
			format: this.#format?.name,
			...told,
			tally: {...told.tally},
			isOpen: (this.#session?.provisional().length ?? 0) > 0,
		};
	}

	/** What it has to know to go on reading. */
	save(): unknown {
		return this.#session?.save();
	}

	/** Reads the log as this format from now on. Of two that read alike, what was read so far stays. */
	readAs(format: Format): void {
		const isAlike = this.#format?.open === format.open;
		this.#format = format;
		if (!isAlike) {
			this.#session = this.#opener.open(format, undefined);
		}
	}

	/**
	 * Holds what an earlier reading kept, if its format is known. What is open is read on at once, because it counts.
	 * @param mayWake lines may be given to it; otherwise it is given what was kept anew before there are any
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

	/** Opens it where it was put to rest. */
	wake(): void {
		const saved = this.#saved;
		if (saved !== undefined && this.#format) {
			this.#saved = undefined;
			this.#session = this.#opener.open(this.#format, JSON.parse(saved) ?? undefined);
		}
	}

	/**
	 * Holds what it told, and what it saves, instead of it.
	 * @param isKept what it saves is kept: it is restored before lines come
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

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
export type Telling = {
	readonly tally: Tally;
	readonly sums?: readonly Sum[];
	readonly changes?: readonly CacheChange[];
	readonly models?: readonly ThreadModel[];
};

/** What a cursor keeps of a session. */
type Kept = Pick<Cursor, 'format' | 'session' | 'tally' | 'sums' | 'changes' | 'models' | 'isOpen'>;

const nothingTold: Telling = {tally: emptyTally()};

/** The session that reads one log: open while lines come, and held as what it saves while none do. */
export class HeldSession {
	readonly #openSession: (format: Format, saved: unknown) => FormatSession;
	#format: Format | undefined;
	#session: FormatSession | undefined;
	/** What an earlier session saved, as JSON, until lines come: most of thousands of logs have none. */
	#saved: string | undefined;
	/** What an earlier session told; of no account once there is one. */
	#told = nothingTold;

	constructor(openSession: (format: Format, saved: unknown) => FormatSession) {
		this.#openSession = openSession;
	}

	/** What the log is read as; undefined as long as nothing recognised it. */
	get format(): Format | undefined {
		return this.#format;
	}

	/** The session, where one is open. */
	get current(): FormatSession | undefined {
		return this.#session;
	}

	get told(): Telling {
		return this.#session ?? this.#told;
	}

	/** Requests that count for now only, with names of bounded length. */
	get provisional(): readonly Request[] {
		return this.#session?.provisional().map(boundNames) ?? [];
	}

	/** What is kept of it together with how far its log was read. */
	get kept(): Kept {
		const {sums, changes, models, tally} = this.#session ?? nothingTold;
		return {
			format: this.#format?.name,
			session: this.#session?.save(),
			tally: {...tally},
			...(sums?.length && {sums}),
			...(changes?.length && {changes}),
			...(models?.length && {models}),
			isOpen: (this.#session?.provisional().length ?? 0) > 0,
		};
	}

	/** Reads the log as this format from now on. Of two that read alike, what was read so far stays. */
	readAs(format: Format): void {
		const isAlike = this.#format?.open === format.open;
		this.#format = format;
		if (!isAlike) {
			this.#session = this.#openSession(format, undefined);
		}
	}

	/**
	 * Holds what an earlier reading kept, if its format is known. What is open is read on at once, because it counts.
	 * @param mayWake lines may be given to it; otherwise it is given what was kept anew before there are any
	 */
	restore(kept: Kept | undefined, format: Format | undefined, mayWake: boolean): void {
		this.#format = format;
		this.#session = undefined;
		this.#told = (format && kept) ?? nothingTold;
		if (kept && format) {
			if (kept.isOpen) {
				this.#session = this.#openSession(format, kept.session && structuredClone(kept.session));
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
			this.#session = this.#openSession(this.#format, JSON.parse(saved) ?? undefined);
		}
	}

	/** Holds what it saves instead of it, unless some of its requests count for now only. */
	rest(): void {
		const session = this.#session;
		if (session && session.provisional().length === 0) {
			const {tally, sums = [], changes = [], models = []} = session;
			this.#told = {tally: {...tally}, sums, changes, models};
			this.#saved = JSON.stringify(session.save() ?? null);
			this.#session = undefined;
		}
	}
}

import type {Request} from '../../../request.js';
import type {Format, FormatContext, FormatSession, Sum, Tally} from '../../format.js';
import type {JsonObject} from '../../json/json-values.js';
import {addedSum} from '../../records/counts.js';
import {isLike} from '../../state/saved-state.js';
import {stripPrefix} from '../../wrappers/prefix.js';
import {BackendSession} from '../backend-session.js';

/** What lines of a dump complete: a record, as the JSON that it would be, or tokens that are a sum only. */
export type DumpEntry =
	| {readonly record: JsonObject}
	| {readonly sum: Sum}
	/** A line of another writer, which is read for itself. */
	| {readonly other: string};

/** How the lines of one kind of dump are put together. `State` is plain data, kept between lines and between processes. */
export type DumpReader<State extends object> = Pick<Format, 'name' | 'title' | 'catchAll'> & {
	/** Whether the beginning of a log looks like this dump. */
	readonly recognise: (beginning: string) => boolean;
	/** Lines are given with what a container runtime put before them. */
	readonly keepsPrefix?: true;
	/** What is known at the beginning of a log; its values show the shape that a saved state must have. */
	readonly beginning: () => State;
	/** @param state is changed in place @returns what the line completes */
	readonly line: (line: string, state: State) => readonly DumpEntry[];
	/** What was begun and may be whole: nothing says so before the next begins. */
	readonly pending: (state: State) => readonly DumpEntry[];
};

/** Changes with the shape or the meaning of what is saved. */
const version = 1;
/** Prefixes of writers inside each other. */
const mostPrefixes = 3;
/** Sums that are kept apart; what is more is added up in one. */
const mostSums = 500;
/** A line of a dump that is longer holds a whole conversation, and is left. */
const longestLine = 1024 * 1024;

/** Bytes at the beginning of a log by which a dump is recognised. */
const beginning = 64 * 1024;

const lineOf = (entry: DumpEntry): readonly string[] =>
	'record' in entry ? [`${JSON.stringify(entry.record)}\n`] : 'other' in entry ? [`${entry.other}\n`] : [];

const bytesOf = (told: readonly DumpEntry[]): Buffer => Buffer.from(told.flatMap(lineOf).join(''));

/** Reads a dump by way of the JSON lines that it could have been. */
class DumpSession<State extends object> implements FormatSession {
	readonly #reader: DumpReader<State>;
	readonly #context: FormatContext;
	readonly #inner: BackendSession;
	readonly #sums: Map<string, Sum>;
	#state: State;

	constructor(reader: DumpReader<State>, context: FormatContext, saved: unknown) {
		const kept = isLike(saved, {version, state: reader.beginning(), inner: {}, sums: [{id: ''}]}) ? saved : undefined;
		const known = kept?.version === version ? kept : undefined;
		this.#reader = reader;
		this.#context = context;
		this.#state = structuredClone(known?.state ?? reader.beginning());
		this.#inner = BackendSession.open(context, known?.inner);
		this.#sums = new Map(((known?.sums ?? []) as readonly object[] as readonly Sum[]).map(sum => [sum.id, sum]));
	}

	get tally(): Tally {
		return this.#inner.tally;
	}

	get sums(): readonly Sum[] {
		return [...this.#sums.values(), ...this.#inner.sums];
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#state = this.#reader.beginning();
			this.#sums.clear();
		}
		const told: DumpEntry[] = [];
		const text = bytes.toString('utf8');
		for (const line of text.split('\n')) {
			if (line.length <= longestLine && (line !== '' || text !== '')) {
				told.push(...this.#reader.line(this.#bare(line), this.#state));
			}
		}
		this.#inner.lines(bytesOf(told), head);
		for (const one of told) {
			if ('sum' in one) {
				this.#add(one.sum);
			}
		}
	}

	provisional(): readonly Request[] {
		const pending = bytesOf(this.#reader.pending(structuredClone(this.#state)));
		if (pending.length === 0) {
			return this.#inner.provisional();
		}
		const found = new Map<string, Request>();
		const aside = BackendSession.open(
			{...this.#context, onRequest: request => found.set(request.id, request), onRetract: () => found.clear()},
			structuredClone(this.#inner.save()),
		);
		aside.lines(pending, false);
		return [...found.values(), ...aside.provisional()];
	}

	save() {
		return {version, state: structuredClone(this.#state), inner: this.#inner.save(), sums: [...this.#sums.values()]};
	}

	#add(sum: Sum): void {
		const id = this.#sums.has(sum.id) || this.#sums.size < mostSums ? sum.id : '';
		this.#sums.set(id, addedSum(this.#sums.get(id), {...sum, id}));
	}

	/** The line without what a container runtime or compose put before it. */
	#bare(line: string): string {
		let text = line.replace(/\r$/, '').replace(/^\uFEFF/, '');
		if (this.#reader.keepsPrefix) {
			return text;
		}
		for (let count = 0; count < mostPrefixes; count++) {
			const prefix = stripPrefix(text, this.#context.localTime);
			if (!prefix) {
				break;
			}
			text = prefix.text;
		}
		return text;
	}
}

/** A format whose records span lines, or have the names of their members in another line. */
export const dumpFormat = <State extends object>(reader: DumpReader<State>): Format => ({
	name: reader.name,
	title: reader.title,
	...(reader.catchAll && {catchAll: true}),
	recognise: head => reader.recognise(head.toString('utf8', 0, beginning)),
	open: (context, saved) => new DumpSession(reader, context, saved),
});

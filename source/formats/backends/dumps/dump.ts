import type {Request} from '../../../request.js';
import type {Format, FormatContext, FormatSession, Sum, Tally} from '../../format.js';
import type {JsonObject} from '../../json/json-values.js';
import {isLike} from '../../state/saved-state.js';
import {stripPrefix} from '../../wrappers/prefix.js';
import {AddedSums, emptyAddedSumsState} from '../added-sums.js';
import {BackendSession} from '../backend-session.js';

/** What lines of a dump complete: a record, as the JSON that it corresponds to, or tokens that are only a sum. */
export type DumpEntry =
	| {readonly record: JsonObject}
	| {readonly sum: Sum}
	/** A line of another writer, which is read separately. */
	| {readonly other: string};

/** Joins the lines of one kind of dump to records. `State` is plain data, kept between lines and processes. */
export type DumpReader<State extends object> = Pick<Format, 'name' | 'title' | 'catchAll'> & {
	/** Texts one of which is at the beginning of every such log, to pass over others without decoding them. */
	readonly signs?: readonly string[];
	/** True if the beginning of a log looks like this dump. */
	readonly recognise: (beginning: string) => boolean;
	/** Set if lines are passed with the prefix of a container runtime. */
	readonly keepsPrefix?: true;
	/** The state at the beginning of a log; its values show the shape that a saved state must have. */
	readonly beginning: () => State;
	/** @param state changed in place @returns what the line completes */
	readonly line: (line: string, state: State) => readonly DumpEntry[];
	/** The record that was begun last: it may be complete, which only the next one shows. */
	readonly pending: (state: State) => readonly DumpEntry[];
};

/** Changed with the shape or meaning of the saved state. */
const version = 1;
/** Maximum nesting of prefixes. */
const mostPrefixes = 3;
/** Maximum characters of a line; longer ones hold whole conversations, and are skipped. */
const longestLine = 1024 * 1024;

/** Bytes at the beginning of a log by which a dump is recognised. */
const recognisedBytes = 64 * 1024;

const lineOf = (entry: DumpEntry): readonly string[] =>
	'record' in entry ? [`${JSON.stringify(entry.record)}\n`] : 'other' in entry ? [`${entry.other}\n`] : [];

const bytesOf = (entries: readonly DumpEntry[]): Buffer => Buffer.from(entries.flatMap(lineOf).join(''));

const linesIn = (bytes: Buffer): readonly string[] => {
	const lines = bytes.toString('utf8').split('\n');
	return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
};

/** Reads a dump by converting it to the equivalent lines of JSON. */
class DumpSession<State extends object> implements FormatSession {
	readonly #reader: DumpReader<State>;
	readonly #context: FormatContext;
	readonly #inner: BackendSession;
	/** By model. */
	readonly #sums: AddedSums;
	#state: State;

	constructor(reader: DumpReader<State>, context: FormatContext, saved: unknown) {
		const shape = {version, state: reader.beginning(), inner: {}, sums: emptyAddedSumsState};
		const known = isLike(saved, shape) && saved.version === version ? saved : undefined;
		this.#reader = reader;
		this.#context = context;
		this.#state = structuredClone(known?.state ?? reader.beginning());
		this.#inner = BackendSession.open(context, known?.inner);
		this.#sums = new AddedSums(known?.sums);
	}

	get tally(): Tally {
		return this.#inner.tally;
	}

	get sums(): readonly Sum[] {
		return [...this.#sums.all, ...this.#inner.sums];
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#state = this.#reader.beginning();
			this.#sums.clear();
		}
		const entries: DumpEntry[] = [];
		for (const line of linesIn(bytes)) {
			if (line.length <= longestLine) {
				entries.push(...this.#reader.line(this.#bare(line), this.#state));
			}
		}
		this.#inner.lines(bytesOf(entries), head);
		for (const entry of entries) {
			if ('sum' in entry) {
				this.#sums.add(entry.sum);
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
		return {version, state: structuredClone(this.#state), inner: this.#inner.save(), sums: this.#sums.all};
	}

	/** The line without the prefixes of container runtimes and compose. */
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

/** A format whose records span several lines, or have the names of their members in another line. */
export const dumpFormat = <State extends object>(reader: DumpReader<State>): Format => ({
	name: reader.name,
	title: reader.title,
	...(reader.catchAll && {catchAll: true}),
	recognise: head => {
		const {signs} = reader;
		const beginning = head.subarray(0, recognisedBytes);
		return (
			(signs === undefined || signs.some(sign => beginning.includes(sign))) &&
			reader.recognise(beginning.toString('utf8'))
		);
	},
	open: (context, saved) => new DumpSession(reader, context, saved),
});

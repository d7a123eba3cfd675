import type {NameCache} from '../name-cache.js';
import type {Field, FieldName} from './context-bytes.js';
import {Literal} from './literal.js';
import type {StampBytes} from './stamp-bytes.js';

/** Values of these characters alone end where the bytes behind them say, in every rendering. */
const name = /^[\w-]{8,}$/;

type Part = {readonly before: Literal; readonly field: FieldName; readonly length: number};

/**
 * How the rest of a line looked behind the words of an event: the lines of one call site are alike but for the names of
 * the thread, the run and the request, and the time. A line that fits need not be walked through key by key.
 */
export class Layout {
	readonly #parts: readonly Part[];
	readonly #after: Literal;
	readonly #thread: string | undefined;
	readonly #run: string | undefined;

	/** @param fields in the order of the line, each name once at most */
	constructor(bytes: Buffer, start: number, end: number, fields: readonly Field[]) {
		let at = start;
		const parts: Part[] = [];
		for (const field of fields) {
			if (field.name === 'stamp' || (field.text !== undefined && name.test(field.text))) {
				parts.push({
					before: new Literal(bytes.subarray(at, field.start)),
					field: field.name,
					length: field.end - field.start,
				});
				at = field.end;
			}
		}
		this.#parts = parts;
		this.#after = new Literal(bytes.subarray(at, end));
		this.#thread = fields.find(field => field.name === 'thread')?.text || undefined;
		this.#run = fields.find(field => field.name === 'run')?.text || undefined;
	}

	/** Whether the line fits; `into` then holds what its fields tell. */
	fits(bytes: Buffer, view: DataView, start: number, end: number, into: LineFields): boolean {
		into.thread = this.#thread;
		into.run = this.#run;
		let at = start;
		for (const {before, field, length} of this.#parts) {
			if (!before.standsAt(view, at)) {
				return false;
			}
			at += before.length;
			if (field === 'stamp') {
				if (into.stamp.read(bytes, at) !== length) {
					return false;
				}
			} else {
				const value = into.name(bytes, view, at, at + length);
				if (value === undefined) {
					return false;
				}
				if (field === 'thread') {
					into.thread = value;
				} else if (field === 'run') {
					into.run = value;
				}
			}
			at += length;
		}
		return this.#after.standsAt(view, at) && at + this.#after.length === end;
	}
}

/** What the fields of the line read last tell. */
export class LineFields {
	thread: string | undefined;
	run: string | undefined;
	readonly #names: NameCache;

	constructor(
		readonly stamp: StampBytes,
		names: NameCache,
	) {
		this.#names = names;
	}

	/** The name that stands here; undefined where its characters do not tell where it ends. */
	name(bytes: Buffer, view: DataView, start: number, end: number): string | undefined {
		const known = this.#names.find(view, start, end);
		return (
			known ?? (name.test(bytes.toString('latin1', start, end)) ? this.#names.read(bytes, view, start, end) : undefined)
		);
	}
}

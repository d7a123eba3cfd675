import {setImmediate} from 'node:timers/promises';
import {contentOf, sampleLength} from './content.js';
import type {Delivery} from './delivery.js';
import {gunzip} from './gunzip.js';
import {LineReader, type Step} from './line-reader.js';
import {LineSplitter} from './line-splitter.js';
import {closeFile, fileKey, type OpenFile, readBytes, sizeOf} from './open-file.js';
import {matches, type Position} from './position.js';
import {Progress} from './progress.js';

/** Fewer bytes than this, without a line in them, do not tell what a file holds while more may come. */
const tellingLength = 4;

/** What came of draining: everything there was is read, or the file is no longer what it was when reading began. */
export type Drained = 'drained' | 'replaced';

/**
 * One file of a log, from its opening to its end: the current one, one rotated away that is still written to, or one
 * that was rotated before it was ever seen.
 */
export class Segment {
	#reader: LineReader;
	#progress: Progress;
	#kind: 'unknown' | 'text' | 'gzip' | 'refused' = 'unknown';
	#gzipRead = false;
	#lastActive = Date.now();
	#fresh: boolean;
	#largest = 0;

	/** Goes on from a position that the file is known to match, or begins at its start. */
	constructor(
		readonly file: OpenFile,
		private readonly delivery: Delivery,
		private readonly from?: Position,
	) {
		const offset = from?.offset ?? 0;
		this.#reader = new LineReader(file, offset);
		this.#fresh = offset === 0;
		this.#progress = new Progress(file);
	}

	/** Epoch milliseconds at which bytes last came out of it, or it was rotated. */
	get lastActive(): number {
		return this.#lastActive;
	}

	/** Something happened to the file: wait again before taking it for quiet. */
	touch(): void {
		this.#lastActive = Date.now();
	}

	get key(): string {
		return fileKey(this.file);
	}

	/** What has been handed over; of a .gz, nothing until all of it was. */
	get position(): Position {
		return this.#progress.position;
	}

	/** The first bytes of what was read, at most 1024. */
	get head(): Buffer {
		return this.#progress.head;
	}

	/** Bytes seen in the file that were never handed over. */
	get unread(): number {
		return this.#kind === 'refused' || this.#kind === 'gzip' ? 0 : Math.max(0, this.#largest - this.#reader.offset);
	}

	/** The file still holds what was read from it. */
	intact(): boolean {
		if (this.#kind !== 'text') {
			return sizeOf(this.file) >= this.#largest;
		}

		return sizeOf(this.file) >= this.#reader.looked && matches(this.file, this.position);
	}

	/** Hands over all whole lines below `end`, a size of the file, unless told to stop between two chunks. */
	async drain(end: number, stopped: () => boolean): Promise<Drained> {
		this.#largest = end;
		this.#inspect(end, false);
		if (this.#kind === 'gzip') {
			await this.#gunzip(stopped);
		}

		while (this.#kind === 'text' && !stopped()) {
			const step = this.#reader.next(end);
			// Between two looks at the size, the file may have been emptied and written anew: what was read is only
			// good if the file is still the same after the reading.
			if (!this.intact()) {
				return 'replaced';
			}

			if (step === undefined) {
				break;
			}

			this.#take(step);
			await setImmediate();
		}

		return 'drained';
	}

	/**
	 * Hands over the unfinished last line of a file that was drained and is not waited for any more. Returns whether
	 * there was one. The position stays before it: it may still be completed, and be read whole another time.
	 */
	finish(): boolean {
		this.#inspect(this.#largest, true);
		const step = this.#kind === 'text' ? this.#reader.rest(this.#largest) : undefined;
		if (step === undefined || !this.intact()) {
			return false;
		}

		this.#deliver(step);
		return true;
	}

	close(): void {
		closeFile(this.file);
	}

	#take(step: Step): void {
		if (step.length === 0) {
			return;
		}

		this.#reader.pass(step);
		if (step.bytes.length === step.length) {
			this.#progress.add(step.bytes);
		} else {
			this.#progress.jump(this.#reader.offset);
		}

		this.touch();
		this.#deliver(step);
	}

	#deliver(step: Step): void {
		if (step.tooLong) {
			this.delivery.lineTooLong();
		}

		if (step.bytes.length > 0) {
			const head = this.#fresh;
			this.#fresh = false;
			this.delivery.lines(step.bytes, head);
		}
	}

	#inspect(end: number, final: boolean): void {
		if (this.#kind !== 'unknown') {
			return;
		}

		const sample = readBytes(this.file, 0, Math.min(end, sampleLength));
		if (sample.length < tellingLength && !sample.includes(10) && !final) {
			return;
		}

		const content = contentOf(sample);
		if (content === 'text' || content === 'gzip') {
			this.#kind = content;
			if (content === 'text' && this.#reader.offset > 0) {
				this.#progress.jump(this.#reader.offset);
			}

			return;
		}

		this.#kind = 'refused';
		this.delivery.problem(
			'binary',
			content === 'utf-16'
				? 'is UTF-16 text and was not read; convert it with `iconv -f UTF-16 -t UTF-8`'
				: 'is not a text file and was not read',
		);
	}

	async #gunzip(stopped: () => boolean): Promise<void> {
		if (this.#gzipRead) {
			return;
		}

		this.#gzipRead = true;
		const progress = new Progress(this.file);
		let toSkip = this.from?.offset ?? 0;
		const splitter = new LineSplitter(
			bytes => {
				const head = this.#fresh;
				this.#fresh = false;
				this.delivery.lines(bytes, head);
			},
			() => this.delivery.lineTooLong(),
		);
		const damage = await gunzip(this.file, bytes => {
			progress.add(bytes);
			const skipped = Math.min(toSkip, bytes.length);
			toSkip -= skipped;
			if (!stopped()) {
				splitter.push(bytes.subarray(skipped));
			}
		});
		if (stopped()) {
			return;
		}

		splitter.end();
		this.#progress = progress;
		if (damage !== undefined) {
			this.delivery.problem('unreadable', `is cut off or damaged and was read up to there (${damage.message})`);
		}
	}
}

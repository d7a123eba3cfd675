import {countLines} from '../../scanner/count-lines.js';
import {EventLoopYield} from '../event-loop-yield.js';
import type {LogSink} from '../log-sink.js';
import {readCompressed} from './compressed/compressed-reading.js';
import {contentOf, sampleLength} from './content/content.js';
import {encodingOf, utf8} from './content/encoding.js';
import {LineReader, readChunk, type Step} from './content/line-reader.js';
import type {Interrupted} from './interrupted.js';
import {closeFile, fileKey, type OpenFile, sizeOf} from './open-file.js';
import {matches, type Position} from './position.js';
import {Progress} from './progress.js';
import {UnreadFingerprint} from './unread-fingerprint.js';

/** Fewer bytes than this, without a line in them, do not tell what a file holds while more may come. */
const tellingLength = 4;

const eventLoop = new EventLoopYield();

/** What came of draining: everything there was is read, or the file is no longer what it was when reading began. */
type Drained = 'drained' | 'replaced';

/**
 * One file of a log, from its opening to its end: the current one, one rotated away that is still written to, or one
 * that was rotated before it was ever seen.
 */
export class Segment {
	#reader: LineReader;
	#encoding = utf8;
	readonly #progress: Progress;
	#kind: 'unknown' | 'text' | 'compressed' | 'refused' = 'unknown';
	#isDecompressed = false;
	/** It was decompressed to its end, without damage. */
	#isWhole = false;
	#lastActive = Date.now();
	#fresh: boolean;
	#largest = 0;
	/** Where reading began, undefined at the start. */
	#from: Position | undefined;
	#stored = 0;
	#fingerprint: UnreadFingerprint | undefined;

	/** Goes on from a position that the file is known to match, or begins at its start. */
	constructor(
		readonly file: OpenFile,
		private readonly logSink: LogSink,
		from?: Position,
	) {
		const offset = from?.offset ?? 0;
		const {device, inode} = file;
		// The text may be in another file by now than the one that the position was taken in.
		this.#from = from && {device, inode, offset, lines: from.lines, head: from.head, tail: from.tail};
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

	/** What has been handed over. */
	get position(): Position {
		return this.#before ?? this.#progress.position;
	}

	/** Where reading began, as long as it has not gone on from there. */
	get #before(): Position | undefined {
		return this.#from !== undefined && this.#progress.offset < this.#from.offset ? this.#from : undefined;
	}

	get #offset(): number {
		return this.#before?.offset ?? this.#progress.offset;
	}

	/** All that was there when it was drained has been handed over, and nothing of it was damaged. */
	get isExhausted(): boolean {
		return this.#kind === 'compressed' ? this.#isWhole : this.#offset === this.#largest;
	}

	/** Bytes of the file, as stored, that were passed since it was opened. */
	get passed(): number {
		if (this.#kind === 'compressed') {
			return this.#stored;
		}

		return this.#kind === 'refused' ? this.#largest : this.#reader.offset - (this.#from?.offset ?? 0);
	}

	/** What to look for elsewhere when this content is gone from here. */
	get interrupted(): Interrupted {
		const {position} = this;
		const fingerprint = position.offset === 0 ? this.#fingerprint : undefined;
		const {head} = fingerprint ?? this.#progress;
		return {position, evidence: fingerprint?.position ?? position, head};
	}

	/** Bytes seen in the file that were never handed over. */
	get unread(): number {
		return this.#kind === 'refused' || this.#kind === 'compressed'
			? 0
			: Math.max(0, this.#largest - this.#reader.offset);
	}

	/**
	 * Takes note of what it looks like, as long as nothing of it is read. To be followed by a look through the files
	 * beside it.
	 */
	takeFingerprint(): void {
		this.#fingerprint = new UnreadFingerprint(this.file);
	}

	/** Content may have come and gone since that look: the files beside it must be looked through again. */
	get isDoubtful(): boolean {
		return this.#isUnread && this.#fingerprint?.isOutdated() === true;
	}

	/** The part of its present size that may be read without a look through the files beside it. */
	sure(size: number): number {
		const fingerprint = this.#isUnread ? this.#fingerprint : undefined;
		return fingerprint === undefined || fingerprint.isTelling ? size : Math.min(size, fingerprint.position.offset);
	}

	/** The file still holds what was read from it, or was seen in it. */
	intact(): boolean {
		if (this.#isUnread && this.#fingerprint?.isThere() === false) {
			return false;
		}

		if (this.#kind !== 'text') {
			return this.#largest === 0 || sizeOf(this.file) >= this.#largest;
		}

		const before = this.#before;
		return (
			sizeOf(this.file) >= this.#reader.looked &&
			(before === undefined ? this.#progress.isThere() : matches(this.file, before))
		);
	}

	/** Hands over all whole lines below `end`, a size of the file, unless told to stop between two chunks. */
	async drain(end: number, stopped: () => boolean): Promise<Drained> {
		// What stands in it instead of what was seen is not lost with that.
		if (!this.intact()) {
			return 'replaced';
		}

		this.#largest = end;
		const beginning = this.#inspect(end, false);
		if (beginning === 'replaced') {
			return 'replaced';
		}

		if (this.#kind === 'compressed') {
			await this.#decompress(stopped);
		}

		let ready = this.#offset === 0 && this.#kind === 'text' ? beginning : undefined;
		while (this.#kind === 'text' && this.#reader.offset < end && !stopped()) {
			const step = this.#reader.next(end, ready);
			ready = undefined;
			// Between two looks at the size, the file may have been emptied and written anew: what was read is only
			// good if the file is still the same after the reading.
			if (!this.intact()) {
				return 'replaced';
			}

			if (step === undefined) {
				break;
			}

			this.#take(step);
			await eventLoop.yieldIfDue();
		}

		return 'drained';
	}

	/**
	 * Hands over the unfinished last line of a file that was drained and is not waited for any more. Returns whether
	 * there was one. The position stays before it: it may still be completed, and be read whole another time.
	 * @param isFinal nobody will complete it
	 */
	finish(isFinal: boolean): boolean {
		const isSame = this.#inspect(this.#largest, true) !== 'replaced';
		const step = isSame && this.#kind === 'text' ? this.#reader.rest(this.#largest) : undefined;
		if (step === undefined || !this.intact()) {
			return false;
		}

		this.#deliver(step, this.#progress.lines, 1, isFinal);
		return true;
	}

	close(): void {
		closeFile(this.file);
	}

	get #isUnread(): boolean {
		return this.#offset === 0 && (this.#kind === 'unknown' || this.#kind === 'text');
	}

	#take(step: Step): void {
		if (step.length === 0) {
			return;
		}

		this.#reader.pass(step);
		const {lines: before} = this.#progress;
		const lines = step.tooLong ? 1 : this.#encoding.lines(step.bytes);
		if (step.bytes.length === step.length) {
			this.#progress.add(step.bytes, lines);
		} else {
			this.#progress.jump(this.#reader.offset, before === undefined ? undefined : before + lines);
		}

		this.touch();
		this.#deliver(step, before, lines);
	}

	/**
	 * @param before lines of the file that stand before those of the step, where that is known
	 * @param lines how many the step has
	 */
	#deliver(step: Step, before: number | undefined, lines: number, isFinal = true): void {
		if (step.tooLong) {
			this.logSink.lineTooLong();
		}

		if (step.bytes.length > 0) {
			const head = this.#fresh;
			const bytes = this.#kind === 'text' ? this.#encoding.toUtf8(step.bytes) : step.bytes;
			this.#fresh = false;
			if (isFinal) {
				this.logSink.lines(bytes, head, before, lines);
			} else {
				this.logSink.unfinished(bytes, head);
			}
		}
	}

	/**
	 * Finds out what the file holds, where that is not known yet.
	 * @returns what `readChunk` read from its start for that
	 */
	#inspect(end: number, final: boolean): Buffer | 'replaced' | undefined {
		if (this.#kind !== 'unknown') {
			return undefined;
		}

		// As much as the first read would: most files of thousands end before, and are read once.
		const beginning = readChunk(this.file, 0, this.#from === undefined ? end : Math.min(end, sampleLength));
		const sample = beginning.subarray(0, sampleLength);
		if (sample.length < tellingLength && !sample.includes(10) && !final) {
			return undefined;
		}

		const content = contentOf(sample);
		if (content === 'text' || content === 'compressed') {
			this.#kind = content;
			if (content === 'text') {
				this.#encoding = encodingOf(sample);
				this.#reader = new LineReader(this.file, this.#reader.offset, this.#encoding);
			}

			const isHere = content === 'compressed' || this.#from === undefined || this.#progress.goTo(this.#from);
			return isHere ? beginning : 'replaced';
		}

		this.#kind = 'refused';
		this.logSink.fileProblem('binary', this.file.path, content.refusal);
		return undefined;
	}

	async #decompress(stopped: () => boolean): Promise<void> {
		if (this.#isDecompressed) {
			return;
		}

		this.#isDecompressed = true;
		this.#isWhole = await readCompressed({
			file: this.file,
			logSink: this.logSink,
			progress: this.#progress,
			toSkip: this.#from?.offset ?? 0,
			lines: bytes => {
				const {lines: behind} = this.#progress;
				const lines = countLines(bytes);
				const before = behind === undefined ? undefined : behind - lines;
				this.#deliver({bytes, length: bytes.length, tooLong: false}, before, lines);
			},
			passed: stored => {
				this.#stored = stored;
			},
			stopped,
		});
	}
}

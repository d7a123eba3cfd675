import {monotonic} from '../../time/monotonic.js';
import {EventLoopYield} from '../event-loop-yield.js';
import type {LogSink} from '../log-sink.js';
import {CompressedContent} from './compressed/compressed-content.js';
import {contentOf, sampleLength} from './content/content.js';
import {encodingOf} from './content/encoding.js';
import {LineDelivery} from './content/line-delivery.js';
import {LineReader, readChunk, type Step} from './content/line-reader.js';
import type {Interrupted} from './interrupted.js';
import {closeFile, fileKey, type OpenFile, sizeOf} from './open-file.js';
import {matches, type Position} from './position.js';
import {Progress} from './progress.js';
import {UnreadFingerprint} from './unread-fingerprint.js';

/** With fewer bytes and without a line, the content of a growing file cannot be determined. */
const tellingLength = 4;

const eventLoop = new EventLoopYield();

/** The result of draining: everything was read, or the file has been replaced since reading began. */
type Drained = 'drained' | 'replaced';

/**
 * A file of a log while it is open: the current one, a rotated one that is still written to, or one that was rotated
 * before it was ever seen.
 */
export class Segment {
	#reader: LineReader;
	readonly #delivery: LineDelivery;
	readonly #compressed: CompressedContent;
	readonly #progress: Progress;
	#kind: 'unknown' | 'text' | 'compressed' | 'refused' = 'unknown';
	#lastActive = monotonic();
	#largest = 0;
	/** Where reading started; undefined for the start of the file. */
	#from: Position | undefined;
	#fingerprint: UnreadFingerprint | undefined;

	/** Continues from a position that matches the file, or starts at its beginning. */
	constructor(
		readonly file: OpenFile,
		private readonly logSink: LogSink,
		from?: Position,
	) {
		const offset = from?.offset ?? 0;
		const {device, inode} = file;
		// The text may be in another file than when the position was saved.
		this.#from = from && {device, inode, offset, lines: from.lines, head: from.head, tail: from.tail};
		this.#reader = new LineReader(file, offset);
		this.#progress = new Progress(file);
		this.#delivery = new LineDelivery(logSink, offset === 0);
		this.#compressed = new CompressedContent(file, logSink, this.#progress, this.#delivery);
	}

	/** When bytes were last read from it, or it was rotated, by `monotonic`. */
	get lastActive(): number {
		return this.#lastActive;
	}

	/** Called when something happened to the file, which delays closing it. */
	touch(): void {
		this.#lastActive = monotonic();
	}

	get key(): string {
		return fileKey(this.file);
	}

	/** What has been delivered. */
	get position(): Position {
		return this.#before ?? this.#progress.position;
	}

	/** Where reading started, until it has progressed. */
	get #before(): Position | undefined {
		return this.#from !== undefined && this.#progress.offset < this.#from.offset ? this.#from : undefined;
	}

	get #offset(): number {
		return this.#before?.offset ?? this.#progress.offset;
	}

	/** True if everything that existed when it was drained has been delivered, without damage. */
	get isExhausted(): boolean {
		return this.#kind === 'compressed' ? this.#compressed.isWhole : this.#offset === this.#largest;
	}

	/** Stored bytes read since it was opened. */
	get passed(): number {
		if (this.#kind === 'compressed') {
			return this.#compressed.stored;
		}

		return this.#kind === 'refused' ? this.#largest : this.#reader.offset - (this.#from?.offset ?? 0);
	}

	/** What to search for elsewhere if this content has disappeared. */
	get interrupted(): Interrupted {
		const {position} = this;
		const fingerprint = position.offset === 0 ? this.#fingerprint : undefined;
		const {head} = fingerprint ?? this.#progress;
		return {position, evidence: fingerprint?.position ?? position, head};
	}

	/** Bytes seen in the file but not delivered. */
	get unread(): number {
		return this.#kind === 'refused' || this.#kind === 'compressed'
			? 0
			: Math.max(0, this.#largest - this.#reader.offset);
	}

	/** Takes a fingerprint while nothing has been read; to be followed by a search of the neighbouring files. */
	takeFingerprint(): void {
		this.#fingerprint = new UnreadFingerprint(this.file);
	}

	/** True if content may have come and gone since that search, which has to be repeated. */
	get isDoubtful(): boolean {
		return this.#isUnread && this.#fingerprint?.isOutdated() === true;
	}

	/** The part of its current size that may be read without searching the neighbouring files. */
	sure(size: number): number {
		const fingerprint = this.#isUnread ? this.#fingerprint : undefined;
		return fingerprint === undefined || fingerprint.isTelling ? size : Math.min(size, fingerprint.position.offset);
	}

	/** True if the file still contains what was read or seen in it. */
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

	/** Delivers all whole lines below `end`, a size of the file, unless stopped between two chunks. */
	async drain(end: number, stopped: () => boolean): Promise<Drained> {
		// What replaced the seen content is not lost by returning.
		if (!this.intact()) {
			return 'replaced';
		}

		this.#largest = end;
		const beginning = this.#inspect(end, false);
		if (beginning === 'replaced') {
			return 'replaced';
		}

		if (this.#kind === 'compressed') {
			await this.#compressed.read(this.#from?.offset ?? 0, stopped);
		}

		let ready = this.#offset === 0 && this.#kind === 'text' ? beginning : undefined;
		while (this.#kind === 'text' && this.#reader.offset < end && !stopped()) {
			const step = this.#reader.next(end, ready);
			ready = undefined;
			// Between two checks of its size, the file may have been truncated and rewritten, so what was read is valid
			// only if the file is unchanged after reading.
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
	 * Delivers the incomplete last line of a drained file that is not waited for any more. Returns false if there is
	 * none. The position stays before the line, which may still be completed and read again.
	 * @param isFinal true if nobody will complete it
	 */
	finish(isFinal: boolean): boolean {
		const isSame = this.#inspect(this.#largest, true) !== 'replaced';
		const step = isSame && this.#kind === 'text' ? this.#reader.rest(this.#largest) : undefined;
		if (step === undefined || !this.intact()) {
			return false;
		}

		this.#delivery.deliver(step, this.#progress.lines, 1, isFinal);
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
		const lines = this.#delivery.linesIn(step);
		if (step.bytes.length === step.length) {
			this.#progress.add(step.bytes, lines);
		} else {
			this.#progress.jump(this.#reader.offset, before === undefined ? undefined : before + lines);
		}

		this.touch();
		this.#delivery.deliver(step, before, lines);
	}

	/**
	 * Determines the kind of content, if it is unknown.
	 * @returns what `readChunk` read from the start of the file
	 */
	#inspect(end: number, final: boolean): Buffer | 'replaced' | undefined {
		if (this.#kind !== 'unknown') {
			return undefined;
		}

		// As much as the first read would: most of thousands of files are shorter, and are read only once.
		const beginning = readChunk(this.file, 0, this.#from === undefined ? end : Math.min(end, sampleLength));
		const sample = beginning.subarray(0, sampleLength);
		if (sample.length < tellingLength && !sample.includes(10) && !final) {
			return undefined;
		}

		const content = contentOf(sample);
		if (content === 'text' || content === 'compressed') {
			this.#kind = content;
			if (content === 'text') {
				this.#delivery.encoding = encodingOf(sample);
				this.#reader = new LineReader(this.file, this.#reader.offset, this.#delivery.encoding);
			}

			const isHere = content === 'compressed' || this.#from === undefined || this.#progress.goTo(this.#from);
			return isHere ? beginning : 'replaced';
		}

		this.#kind = 'refused';
		this.logSink.fileProblem('binary', this.file.path, content.refusal);
		return undefined;
	}
}

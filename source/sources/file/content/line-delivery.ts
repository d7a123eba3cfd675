import type {LogSink} from '../../log-sink.js';
import {type Encoding, utf8} from './encoding.js';
import type {Step} from './line-reader.js';

/** Delivers the lines of a file, and says which ones are its first. */
export class LineDelivery {
	/** The encoding of the file's text. */
	encoding: Encoding = utf8;
	readonly #logSink: LogSink;
	#isFresh: boolean;

	/** @param isFresh true if nothing of the file has been delivered yet */
	constructor(logSink: LogSink, isFresh: boolean) {
		this.#logSink = logSink;
		this.#isFresh = isFresh;
	}

	/** Number of lines in a step. */
	linesIn({tooLong, bytes}: Step): number {
		return tooLong ? 1 : this.encoding.lines(bytes);
	}

	/**
	 * @param before number of lines of the file before those of the step, if known
	 * @param lines number of lines in the step
	 * @param isFinal false for a last line that may still be completed
	 */
	deliver({tooLong, bytes}: Step, before: number | undefined, lines: number, isFinal = true): void {
		if (tooLong) {
			this.#logSink.lineTooLong();
		}

		if (bytes.length > 0) {
			const head = this.#isFresh;
			const text = this.encoding.toUtf8(bytes);
			this.#isFresh = false;
			if (isFinal) {
				this.#logSink.lines(text, head, before, lines);
			} else {
				this.#logSink.unfinished(text, head);
			}
		}
	}
}

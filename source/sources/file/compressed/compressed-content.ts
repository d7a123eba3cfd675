import {countLines} from '../../../scanner/count-lines.js';
import type {LogSink} from '../../log-sink.js';
import type {LineDelivery} from '../content/line-delivery.js';
import type {OpenFile} from '../open-file.js';
import type {Progress} from '../progress.js';
import {readCompressed} from './compressed-reading.js';

/** The content of a compressed file, which is read once. */
export class CompressedContent {
	readonly #file: OpenFile;
	readonly #logSink: LogSink;
	readonly #progress: Progress;
	readonly #delivery: LineDelivery;
	#isBegun = false;
	#isWhole = false;
	#stored = 0;

	constructor(file: OpenFile, logSink: LogSink, progress: Progress, delivery: LineDelivery) {
		this.#file = file;
		this.#logSink = logSink;
		this.#progress = progress;
		this.#delivery = delivery;
	}

	/** True if it was decompressed to its end without damage. */
	get isWhole(): boolean {
		return this.#isWhole;
	}

	/** Stored bytes read. */
	get stored(): number {
		return this.#stored;
	}

	/** @param toSkip bytes of the text that were delivered before */
	async read(toSkip: number, stopped: () => boolean): Promise<void> {
		if (this.#isBegun) {
			return;
		}

		this.#isBegun = true;
		this.#isWhole = await readCompressed({
			file: this.#file,
			logSink: this.#logSink,
			progress: this.#progress,
			toSkip,
			lines: bytes => {
				const {lines: behind} = this.#progress;
				const lines = countLines(bytes);
				const before = behind === undefined ? undefined : behind - lines;
				this.#delivery.deliver({bytes, length: bytes.length, tooLong: false}, before, lines);
			},
			passed: stored => {
				this.#stored = stored;
			},
			stopped,
		});
	}
}

import {whyUnreadable} from '../../../system/why-unreadable.js';
import {continues} from '../../file/history/continues.js';
import {closeFile, openFile} from '../../file/open-file.js';
import type {Position} from '../../file/position.js';
import {Segment} from '../../file/segment.js';
import type {LogSink} from '../../log-sink.js';
import type {SourceProgress} from '../../source.js';
import type {LogReader} from '../set-log.js';
import {isRewritten} from './transcripts.js';

/** How often a file may be rewritten during a reading before it is left to the next look. */
const attempts = 5;

/** One reading of a transcript: of what was appended or, if it was rewritten, of the whole file. */
export class TranscriptReading implements LogReader {
	/** True if the file is rewritten completely, often without a line end. */
	readonly #isDocument: boolean;
	#segment: Segment | undefined;
	#isExhausted = false;
	#told = -1;
	#isStopped = false;

	/** @param resume the last position, whose stamp has the size at that time */
	constructor(
		private readonly path: string,
		private readonly logSink: LogSink,
		private readonly resume: Position | undefined,
	) {
		this.#isDocument = isRewritten(path);
	}

	get position(): Position | undefined {
		return this.#segment?.position;
	}

	get progress(): SourceProgress {
		return {done: this.#segment?.passed ?? 0, total: 0};
	}

	get isExhausted(): boolean {
		return this.#isExhausted;
	}

	async look(): Promise<void> {
		try {
			let resume = this.resume;
			for (let attempt = 1; attempt <= attempts && !(await this.#attempt(resume)); attempt++) {
				this.close();
				resume = undefined;
			}
		} catch (error) {
			const {code} = error as NodeJS.ErrnoException;
			if (code === undefined) {
				throw error;
			}

			if (code !== 'ENOENT') {
				this.logSink.problem('unreadable', whyUnreadable(error));
			}
		}
	}

	end(): void {
		if (!this.#isDocument && !this.#isStopped) {
			this.#segment?.finish(false);
			this.#report();
		}
	}

	/** Returns false if the file was rewritten in the meantime. */
	async #attempt(resume: Position | undefined): Promise<boolean> {
		const file = openFile(this.path);
		let from: Position | undefined;
		try {
			from = resume && (await continues(file, resume)) ? resume : undefined;
		} catch (error) {
			closeFile(file);
			throw error;
		}

		const {size} = file;
		const isKnown = this.#isDocument && from?.stamp?.size === size;
		const segment = new Segment(file, this.logSink, this.#isDocument && !isKnown ? undefined : from);
		this.#segment = segment;
		if (!isKnown && (await segment.drain(size, () => this.#isStopped)) === 'replaced') {
			return false;
		}

		if (this.#isDocument && !isKnown && !this.#isStopped) {
			segment.finish(true);
		}

		this.#isExhausted = !this.#isStopped && (this.#isDocument || segment.isExhausted);
		this.#report();
		return true;
	}

	#report(): void {
		if (this.#segment !== undefined && this.logSink.revision !== this.#told) {
			this.#told = this.logSink.revision;
			this.logSink.caughtUpWith(this.#segment.file);
		}
	}

	stop(): void {
		this.#isStopped = true;
	}

	close(): void {
		this.#segment?.close();
		this.#segment = undefined;
	}
}

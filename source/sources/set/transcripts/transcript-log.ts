import type {Log} from '../../../log.js';
import {statsAt} from '../../../system/stats-at.js';
import {type ChangeStamp, stampOf} from '../../file/change-stamp.js';
import {type Tail, tailOf} from '../../file/recent.js';
import type {LogSink} from '../../log-sink.js';
import {type LogReader, type Opening, type Seen, type SetContext, SetLog} from '../set-log.js';
import {TranscriptReading} from './transcript-reading.js';
import {isRewritten} from './transcripts.js';

/** A transcript: a file that nobody rotates, or a document that is rewritten. */
export class TranscriptLog extends SetLog {
	protected readonly staysAwake = false;

	/** @param start its path up to the name, including the separator */
	constructor(
		private readonly start: string,
		/** Its current name; compression changes it. */
		public fileName: string,
		log: Log,
		context: SetContext,
	) {
		super(log, context);
	}

	/** Built on demand: of thousands of files, most are never opened. */
	get #path(): string {
		return `${this.start}${this.fileName}`;
	}

	async tail(most: number): Promise<Tail | undefined> {
		const size = statsAt(this.#path)?.size ?? 0;
		// A document is useless without its beginning.
		return isRewritten(this.fileName) && size > most
			? undefined
			: tailOf(this.#path, most, Math.max(0, size - this.unread));
	}

	protected unreadOf({inode, size}: ChangeStamp, before: ChangeStamp | string | undefined): number {
		if (isRewritten(this.fileName)) {
			return size;
		}
		const {position} = this;
		const isRead = typeof before === 'object' && before.inode === inode;
		const read = position?.inode === String(inode) ? position.offset : isRead ? before.size : 0;
		return read <= size ? size - read : size;
	}

	protected see(): Seen | undefined {
		const stats = statsAt(this.#path);
		return stats && {stamp: stampOf(stats), modified: stats.mtimeMs};
	}

	protected open(logSink: LogSink, {resume}: Opening): LogReader {
		return new TranscriptReading(this.#path, logSink, resume);
	}
}

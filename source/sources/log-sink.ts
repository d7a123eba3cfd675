import {fstatSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {Log} from '../log.js';
import {countLines} from '../scanner/count-lines.js';
import {withoutMark} from './file/content/encoding.js';
import {isRotationOf} from './file/history/rotated-name.js';
import type {OpenFile} from './file/open-file.js';
import type {SourceProblem, SourceSink} from './source.js';

/** Delivers one log's lines and problems to a sink, and counts them. */
export class LogSink {
	#read = 0;
	#lines = 0;
	#tooLong = 0;
	#tooLongTold = 0;

	constructor(
		readonly log: Log,
		private readonly sink: SourceSink,
	) {}

	/** Changes whenever `caughtUp` would report something new. */
	get revision(): number {
		return this.#lines + this.#tooLong;
	}

	/**
	 * @param bytes in UTF-8
	 * @param before number of lines before them in the file, if known
	 * @param count number of lines
	 */
	lines(bytes: Buffer, head: boolean, before?: number, count = countLines(bytes)): void {
		this.#read += bytes.length;
		this.#lines += count;
		this.sink.lines(this.log, head ? withoutMark(bytes) : bytes, head, before, count);
	}

	/** The last line, which may still be completed. */
	unfinished(bytes: Buffer, head: boolean): void {
		if (!this.sink.unfinished) {
			this.lines(bytes, head);
			return;
		}

		this.#read += bytes.length;
		this.#lines++;
		this.sink.unfinished(this.log, head ? withoutMark(bytes) : bytes, head);
	}

	/** A line was skipped because of its length; reported once, at the next `caughtUp`. */
	lineTooLong(): void {
		this.#tooLong++;
	}

	problem(kind: SourceProblem['kind'], message: string, count = 1): void {
		this.sink.problem({kind, name: this.log.name, message: `${this.log.name}: ${message}`, count});
	}

	/** Reports a problem with a file of the log; if that was rotated away, under the file's own name. */
	fileProblem(kind: SourceProblem['kind'], path: string, message: string): void {
		const {name} = this.log;
		const rotated = isRotationOf(basename(name), basename(path)) ? join(dirname(name), basename(path)) : name;
		this.sink.problem({kind, name: rotated, message: `${rotated}: ${message}`, count: 1});
	}

	caughtUp(size: number, modified: number | undefined): void {
		const count = this.#tooLong - this.#tooLongTold;
		if (count > 0) {
			this.#tooLongTold = this.#tooLong;
			this.problem('line-too-long', `skipped ${count} line${count === 1 ? '' : 's'} longer than 16 MB`, count);
		}

		this.sink.caughtUp({log: this.log, size, read: this.#read, lines: this.#lines, modified});
	}

	/** Calls `caughtUp` with the facts of an open file, or of none. */
	caughtUpWith(file: OpenFile | undefined): void {
		if (file === undefined) {
			this.caughtUp(0, undefined);
		} else {
			const stats = fstatSync(file.descriptor);
			this.caughtUp(stats.size, stats.mtimeMs);
		}
	}
}

import type {Log} from '../../log.js';
import {statsAt} from '../../system/stats-at.js';
import {stampOf} from '../file/change-stamp.js';
import {FileReading} from '../file/file-reading.js';
import type {NamedLog} from '../file/history/group-rotations.js';
import {listSiblings, placesOf} from '../file/history/siblings.js';
import {type Tail, tailOf} from '../file/recent.js';
import {bytesToRead} from '../file/to-read.js';
import type {LogSink} from '../log-sink.js';
import {type LogReader, type Opening, type Seen, type SetContext, SetLog} from './set-log.js';

/** A log of a set with its rotated files. */
export class RotatedLog extends SetLog {
	/** Rotated files may still be written to. */
	protected readonly staysAwake = true;

	constructor(
		private readonly named: NamedLog,
		log: Log,
		context: SetContext,
	) {
		super(log, context);
	}

	protected unreadOf(): number {
		return bytesToRead(this.named.path, this.position, this.named.history);
	}

	async tail(most: number): Promise<Tail | undefined> {
		const {path, history} = this.named;
		const newest = listSiblings(placesOf(path)).at(-1)?.path ?? path;
		return (await tailOf(path, most)) ?? (history ? tailOf(newest, most) : undefined);
	}

	protected see(): Seen {
		const stats = statsAt(this.named.path);
		if (stats !== undefined) {
			return {stamp: stampOf(stats), modified: stats.mtimeMs};
		}

		const siblings = this.named.history ? listSiblings(placesOf(this.named.path)) : [];
		return {
			stamp: siblings.map(({inode, size, modified}) => `${inode} ${size} ${modified}`).join(),
			modified: Number((siblings.at(-1)?.modified ?? 0n) / 1_000_000n),
		};
	}

	protected open(logSink: LogSink, {resume, wasRead, isLast}: Opening): LogReader {
		const {path, history, isExplicit} = this.named;
		return new FileReading(path, logSink, {
			drainTimeouts: this.context.drainTimeouts,
			resume,
			// The position covers what was read of it; if nothing was read, everything may be new.
			history: history && !(wasRead && resume !== undefined),
			expected: isExplicit ? (isLast ? 'there' : 'awaited') : undefined,
		});
	}
}

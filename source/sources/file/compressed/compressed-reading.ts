import type {LogSink} from '../../log-sink.js';
import {type Encoding, TextPieces} from '../content/encoding.js';
import {LineSplitter} from '../content/line-splitter.js';
import type {OpenFile} from '../open-file.js';
import type {Progress} from '../progress.js';
import {decompress} from './decompress.js';
import {Enough} from './feed.js';

const nothing = Buffer.alloc(0);

type CompressedReading = {
	readonly file: OpenFile;
	readonly logSink: LogSink;
	readonly progress: Progress;
	/** Bytes of the text that were read before. */
	readonly toSkip: number;
	/** Receives whole lines, which are valid until it returns. */
	readonly lines: (bytes: Buffer) => void;
	/** Receives the number of stored bytes read so far. */
	readonly passed: (stored: number) => void;
	readonly stopped: () => boolean;
};

/**
 * Delivers the lines of a compressed file. It will not grow, so its last line is delivered even if it is incomplete.
 * Resolves with true if all of it could be read.
 */
export const readCompressed = async (reading: CompressedReading): Promise<boolean> => {
	const {file, logSink, progress, stopped} = reading;
	let {toSkip} = reading;
	const pieces = new TextPieces();
	const splitter = new LineSplitter(
		lines => reading.lines(pieces.encoding.toUtf8(lines)),
		() => logSink.lineTooLong(),
		() => pieces.encoding,
	);
	const text = (bytes: Buffer) => {
		if (stopped()) {
			throw new Enough();
		}

		take(pieces.next(bytes));
	};
	let isWithinLine = false;
	const take = (bytes: Buffer) => {
		const skipped = Math.min(toSkip, bytes.length);
		toSkip -= skipped;
		progress.note(bytes.subarray(0, skipped), pieces.encoding.lines(bytes.subarray(0, skipped)));
		// Within `lines`, the position is after the lines being delivered.
		for (const part of atLineEnds(bytes.subarray(skipped), pieces.encoding, isWithinLine)) {
			progress.note(part, pieces.encoding.lines(part));
			isWithinLine = pieces.encoding.behindLast(part) !== part.length;
			if (!isWithinLine) {
				progress.commit();
			}

			splitter.push(part);
		}
	};
	let damage: string | undefined;
	try {
		damage = await decompress({file, text, passed: reading.passed});
		take(pieces.end());
		if (damage === undefined) {
			progress.note(nothing, isWithinLine ? 1 : 0);
			progress.commit();
		}
	} catch (error) {
		if (error instanceof Enough) {
			return false;
		}

		throw error;
	}

	splitter.end();
	// Reported last, because lines that follow a problem indicate that it is over.
	if (damage !== undefined) {
		logSink.fileProblem('unreadable', file.path, damage);
	}

	return damage === undefined;
};

/**
 * Divides bytes after the last newline and, if they continue an earlier line, after the first. The first lines of a
 * file stay together, because a document is recognised by several.
 */
const atLineEnds = (bytes: Buffer, {behindFirst, behindLast}: Encoding, isWithinLine: boolean): Buffer[] => {
	const first = isWithinLine ? behindFirst(bytes) : 0;
	const last = behindLast(bytes);
	return [bytes.subarray(0, first), bytes.subarray(first, last), bytes.subarray(last)].filter(({length}) => length > 0);
};

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
	/** Receives whole lines, valid until it returns. */
	readonly lines: (bytes: Buffer) => void;
	/** Told how many bytes of the file, as stored, were read. */
	readonly passed: (stored: number) => void;
	readonly stopped: () => boolean;
};

/**
 * Hands over the lines of a compressed file, which is complete: its last line, finished or not, will not grow.
 * Resolves to whether all of it could be read.
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
		// Within `lines`, the position is behind the very lines that it was called with.
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
	// Told last: lines that come after a problem say that it is over.
	if (damage !== undefined) {
		logSink.fileProblem('unreadable', file.path, damage);
	}

	return damage === undefined;
};

/**
 * Cuts bytes behind their last newline, and behind their first where they go on with a line begun before: the end of that
 * line, lines, and a beginning. The first lines of a file stay together: a document is recognised by several.
 */
const atLineEnds = (bytes: Buffer, {behindFirst, behindLast}: Encoding, isWithinLine: boolean): Buffer[] => {
	const first = isWithinLine ? behindFirst(bytes) : 0;
	const last = behindLast(bytes);
	return [bytes.subarray(0, first), bytes.subarray(first, last), bytes.subarray(last)].filter(({length}) => length > 0);
};

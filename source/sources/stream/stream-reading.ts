import type {Readable} from 'node:stream';
import {monotonic} from '../../time/monotonic.js';
import {TextPieces} from '../file/content/encoding.js';
import {LineSplitter} from '../file/content/line-splitter.js';
import type {LogSink} from '../log-sink.js';

/** Milliseconds without bytes after which a stream that is followed counts as caught up. */
const idle = 50;

/** Milliseconds after which one that never rests is told of all the same. */
const longest = 1000;

type StreamReading = {
	/** Resolves at the end, also where that is an error or `destroy`. */
	readonly ended: Promise<void>;
	/** Resolves when nothing came for a moment. */
	readonly settled: Promise<void>;
	/** Bytes that came so far. */
	readonly size: () => number;
};

/**
 * Hands over the whole lines of a stream as they come.
 * @param before bytes that came of the log before this stream
 */
export const readStream = (stream: Readable, logSink: LogSink, before = 0): StreamReading => {
	let size = before;
	let head = true;
	const pieces = new TextPieces();
	const splitter = new LineSplitter(
		bytes => {
			logSink.lines(pieces.encoding.toUtf8(bytes), head);
			head = false;
		},
		() => logSink.lineTooLong(),
		() => pieces.encoding,
	);
	let ready = () => {};
	const settled = new Promise<void>(resolve => {
		ready = resolve;
	});
	let told = monotonic();
	const tell = () => {
		told = monotonic();
		logSink.caughtUp(size, undefined);
		ready();
	};
	let timer: NodeJS.Timeout | undefined = setTimeout(tell, idle);
	stream.on('data', (chunk: Buffer | string) => {
		const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
		size += bytes.length;
		splitter.push(pieces.next(bytes));
		clearTimeout(timer);
		timer = setTimeout(tell, Math.max(0, Math.min(idle, told + longest - monotonic())));
	});
	const ended = new Promise<void>(resolve => {
		// Standard input from a file ends but is never closed; one that is destroyed is closed without an end.
		const end = () => {
			clearTimeout(timer);
			tell();
			resolve();
			stream.off('close', end);
		};
		stream.once('end', () => {
			splitter.push(pieces.end());
			splitter.end();
			end();
		});
		stream.once('close', end);
		stream.on('error', error => {
			logSink.problem('unreadable', `could not be read further (${error.message})`);
		});
	});
	return {ended, settled, size: () => size};
};

import type {Format, FormatContext, FormatSession, Tally} from '../../source/formats/format.js';
import type {Request} from '../../source/request.js';
import {utc} from '../../source/time/stamp.js';

/** What a session is opened with: a log in UTC whose requests nobody takes, but for what is given. */
export const formatContext = (given: Partial<FormatContext> = {}): FormatContext => ({
	source: 'a log',
	localTime: utc,
	promptTokens: undefined,
	onRequest: () => {},
	onRetract: () => {},
	...given,
});

/** Hands a log over in pieces of whole lines, as a source does. */
export const feed = (session: FormatSession, log: string | Buffer, pieceLength = 4096): void => {
	const bytes = typeof log === 'string' ? Buffer.from(log) : log;
	for (let start = 0; start < bytes.length; ) {
		const newline = bytes.indexOf(0x0a, Math.min(bytes.length, start + pieceLength) - 1);
		const end = newline < 0 ? bytes.length : newline + 1;
		session.lines(bytes.subarray(start, end), start === 0);
		start = end;
	}
};

/** Lines of a log: texts as they are, all else as JSON. */
export const logOf = (lines: readonly unknown[]): string =>
	lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

/** A log read at once. */
type LogRead = {
	/** The latest of each id. */
	readonly requests: readonly Request[];
	readonly tally: Tally;
	readonly session: FormatSession;
};

/**
 * Reads lines (see `logOf`) with one session of a format.
 * @param saved what an earlier session saved
 */
export const readLines = (
	format: Pick<Format, 'open'>,
	lines: readonly unknown[],
	context: Partial<FormatContext> = {},
	saved?: unknown,
): LogRead => {
	const found = new Map<string, Request>();
	const session = format.open(
		formatContext({onRequest: request => found.set(request.id, request), onRetract: () => found.clear(), ...context}),
		saved,
	);
	session.lines(Buffer.from(logOf(lines)), true);
	return {requests: [...found.values()], tally: session.tally, session};
};

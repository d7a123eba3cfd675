import {agentpress} from '../../source/formats/backends/agentpress/agentpress.js';
import type {FormatContext, FormatSession, Tally} from '../../source/formats/format.js';
import type {Request} from '../../source/request.js';
import {utc} from '../../source/time/stamp.js';

export type ReadResult = {readonly requests: readonly Request[]; readonly committed: number; readonly tally: Tally};

/**
 * Reads a log as AgentPress, in pieces of whole lines as a source hands them over.
 * @param open opens the session
 */
export const readLog = (
	log: string | Buffer,
	context: Partial<FormatContext> = {},
	pieceLength = 4096,
	open: (context: FormatContext) => FormatSession = agentpress.open,
): ReadResult => {
	const found = new Map<string, Request>();
	const session = open({
		source: 'worker.log',
		localTime: utc,
		promptTokens: undefined,
		onRequest: request => found.set(request.id, request),
		onRetract: () => found.clear(),
		...context,
	});
	const bytes = typeof log === 'string' ? Buffer.from(log) : log;
	for (let start = 0; start < bytes.length; ) {
		const newline = bytes.indexOf(0x0a, Math.min(bytes.length, start + pieceLength) - 1);
		const end = newline < 0 ? bytes.length : newline + 1;
		session.lines(bytes.subarray(start, end), start === 0);
		start = end;
	}
	const committed = found.size;
	for (const request of session.provisional()) {
		found.set(request.id, request);
	}
	return {requests: [...found.values()].sort((a, b) => a.time - b.time), committed, tally: session.tally};
};

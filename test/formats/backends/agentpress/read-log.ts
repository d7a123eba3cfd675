import {agentpress} from '../../../../source/formats/backends/agentpress/agentpress.js';
import type {FormatContext, FormatSession, Tally} from '../../../../source/formats/format.js';
import type {Request} from '../../../../source/request.js';
import {feed, formatContext} from '../../reading.js';

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
	const session = open(
		formatContext({
			source: 'worker.log',
			onRequest: request => found.set(request.id, request),
			onRetract: () => found.clear(),
			...context,
		}),
	);
	feed(session, log, pieceLength);
	const committed = found.size;
	for (const request of session.provisional()) {
		found.set(request.id, request);
	}
	return {requests: [...found.values()].sort((a, b) => a.time - b.time), committed, tally: session.tally};
};

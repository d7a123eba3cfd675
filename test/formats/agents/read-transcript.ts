import type {Format, FormatContext, Tally} from '../../../source/formats/format.js';
import type {Request, Usage} from '../../../source/request.js';
import {replaces} from '../../../source/store/replaces.js';
import {feed, formatContext} from '../reading.js';

/** Collects requests as any store keeps them: the latest of each id, and a copy only until the original comes. */
export class Requests {
	/** How often something was told. */
	told = 0;
	readonly #byId = new Map<string, Request>();

	put(request: Request): void {
		const before = this.#byId.get(request.id);
		if (!before || replaces(request, before)) {
			this.#byId.set(request.id, request);
		}
		this.told++;
	}

	/** In the order of their times. */
	all(): readonly Request[] {
		return [...this.#byId.values()].sort((one, other) => one.time - other.time);
	}
}

/** Reads a log of one format, in pieces of whole lines as a source hands them over. */
export const readInto = (
	requests: Requests,
	format: Format,
	log: string | Buffer,
	pieceLength = 4096,
	context: Partial<FormatContext> = {},
): Tally => {
	const session = format.open(formatContext({onRequest: request => requests.put(request), ...context}));
	feed(session, log, pieceLength);
	return session.tally;
};

/** The requests of logs of one format that are read one after the other. */
export const readAll = (format: Format, ...logs: readonly (string | Buffer)[]): readonly Request[] => {
	const requests = new Requests();
	for (const log of logs) {
		readInto(requests, format, log);
	}
	return requests.all();
};

/** Sums of the tokens of requests. */
export const totalsOf = (requests: readonly Request[]) => {
	const sum = (field: Exclude<keyof Usage, 'accuracy' | 'cacheUnknown'>) =>
		requests.reduce((total, {usage}) => total + (usage?.[field] ?? 0), 0);
	return {
		requests: requests.length,
		uncached: sum('uncached'),
		cacheRead: sum('cacheRead'),
		cacheWrite5m: sum('cacheWrite5m'),
		cacheWrite1h: sum('cacheWrite1h'),
		output: sum('output'),
	};
};

/** Lines of JSON. */
export const toLines = (...values: readonly unknown[]): string =>
	values.map(value => `${JSON.stringify(value)}\n`).join('');

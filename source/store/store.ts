import type {Request} from '../request.js';

/** Keeps requests. One interface; engines differ in how long and how many. */
export type Store = {
	/**
	 * Adds a request, or replaces the one with the same id: the same request read twice is one request.
	 * A replica never replaces an original.
	 */
	put(request: Request): void;
	/** Takes requests back that turned out not to be any. */
	remove(ids: Iterable<string>): void;
	/**
	 * The requests of one log that a later line may still complete or take back; replaces those given before. A request
	 * that was put wins over a provisional one of the same id.
	 */
	putProvisional(log: string, requests: readonly Request[]): void;
	/** All requests, oldest first. The same array until something changes. */
	all(): readonly Request[];
	/** Changes with every change. */
	readonly version: number;
};

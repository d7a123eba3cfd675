import type {Request} from '../request.js';
import type {Store} from './store.js';

const byTime = (one: Request, other: Request): number => one.time - other.time;

/** Keeps requests in memory, as long as the process lives. */
export class MemoryStore implements Store {
	version = 0;
	readonly #byId = new Map<string, Request>();
	readonly #provisional = new Map<string, readonly Request[]>();
	#sorted: Request[] = [];
	#sortedVersion = 0;

	put(request: Request): void {
		const before = this.#byId.get(request.id);
		if (before && request.replica && !before.replica) {
			return;
		}
		this.#byId.set(request.id, request);
		this.version++;
	}

	remove(ids: Iterable<string>): void {
		for (const id of ids) {
			this.#byId.delete(id);
		}
		this.version++;
	}

	putProvisional(log: string, requests: readonly Request[]): void {
		const before = this.#provisional.get(log) ?? [];
		const same =
			before.length === requests.length && before.every((request, index) => request.id === requests[index]?.id);
		if (same) {
			return;
		}
		this.#provisional.set(log, requests);
		this.version++;
	}

	all(): readonly Request[] {
		if (this.#sortedVersion !== this.version) {
			const provisional = [...this.#provisional.values()].flat().filter(request => !this.#byId.has(request.id));
			const ids = new Map(provisional.map(request => [request.id, request]));
			this.#sorted = [...this.#byId.values(), ...ids.values()].sort(byTime);
			this.#sortedVersion = this.version;
		}
		return this.#sorted;
	}
}

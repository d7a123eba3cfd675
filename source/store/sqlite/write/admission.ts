import type {Request} from '../../../request.js';
import {bounded} from '../../bounded.js';
import {type ExceededLimit, NameBounds} from '../../name-bounds.js';
import type {Batch, Change} from '../../store.js';

type Lane = Pick<Request, 'model' | 'project' | 'host' | 'agent' | 'provider'>;

/** Decides what to store of a batch: requests within the retention, with a limited number of different names. */
export class Admission {
	readonly #retention: number | undefined;
	readonly #lanes: () => Iterable<Lane>;
	#names: NameBounds | undefined;

	/**
	 * @param retention milliseconds; undefined keeps all
	 * @param lanes whose names are in the store already
	 */
	constructor(retention: number | undefined, lanes: () => Iterable<Lane>) {
		this.#retention = retention;
		this.#lanes = lanes;
	}

	admit(batch: Batch): Batch {
		const oldest = this.#retention === undefined ? Number.NEGATIVE_INFINITY : Date.now() - this.#retention;
		const names = this.#known();
		const changes: Change[] = [];
		for (const change of batch.changes) {
			if (change.kind !== 'put') {
				changes.push(change);
			} else if (change.request.time >= oldest) {
				const request = names.bound(change.request);
				changes.push(request === change.request ? change : {...change, request});
			}
		}
		return {...batch, changes};
	}

	/** Limits the names of provisional requests, like those of stored ones. */
	bound(requests: readonly Request[]): readonly Request[] {
		const names = this.#known();
		return requests.map(request => names.bound(bounded(request)));
	}

	/** The limits exceeded so far. */
	get exceeded(): readonly ExceededLimit[] {
		return this.#names?.exceeded ?? [];
	}

	/** Reads the stored names again, because they may have changed. */
	forget(): void {
		this.#names = undefined;
	}

	#known(): NameBounds {
		this.#names ??= new NameBounds(this.#lanes());
		return this.#names;
	}
}

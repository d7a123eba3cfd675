import type {Request} from '../request.js';

/** What sums are kept by, and how many names of each are told apart. More are a mistake, or meant to do harm. */
const most = {model: 1000, project: 5000, host: 1000, agent: 500, provider: 500} as const;

type Dimension = keyof typeof most;
const dimensions = Object.keys(most) as readonly Dimension[];

/** What those beyond the limit are called. */
const other = (dimension: Dimension): string => `(other ${dimension}s)`;

/** A limit that was exceeded: of what, and a line to tell. */
export type ExceededLimit = {readonly name: string; readonly message: string};

/** Names of requests, up to a limit: sums by them take room and time. */
export class NameBounds {
	readonly #known: Readonly<Record<Dimension, Set<string>>>;
	readonly #exceeded = new Set<Dimension>();

	/** @param lanes whose names are known already */
	constructor(lanes: Iterable<Pick<Request, Dimension>> = []) {
		const known = {
			model: new Set<string>(),
			project: new Set<string>(),
			host: new Set<string>(),
			agent: new Set<string>(),
			provider: new Set<string>(),
		};
		this.#known = known;
		for (const lane of lanes) {
			for (const dimension of dimensions) {
				const name = lane[dimension];
				if (name !== undefined) {
					known[dimension].add(name);
				}
			}
		}
	}

	/** The request, with names beyond the limits replaced by one for all of them. */
	bound(request: Request): Request {
		let bound = request;
		for (const dimension of dimensions) {
			const name = request[dimension];
			const known = this.#known[dimension];
			if (name === undefined || known.has(name)) {
				continue;
			}
			if (known.size < most[dimension]) {
				known.add(name);
			} else {
				this.#exceeded.add(dimension);
				bound = {...bound, [dimension]: other(dimension)};
			}
		}
		return bound;
	}

	/** What was left together because of limits. */
	get exceeded(): readonly ExceededLimit[] {
		return [...this.#exceeded].map(dimension => ({
			name: `${dimension}s`,
			message: `more than ${most[dimension]} different ${dimension}s: the others are counted together, as "${other(dimension)}"`,
		}));
	}
}

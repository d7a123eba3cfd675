import type {Request} from '../request.js';

/** Maximum number of different names by dimension. More are a mistake, or an attack. */
const most = {model: 1000, project: 5000, host: 1000, agent: 500, provider: 500} as const;

type Dimension = keyof typeof most;
type Names = Partial<Pick<Request, Dimension>>;
const dimensions = Object.keys(most) as readonly Dimension[];

/** The name that replaces those beyond the limit. */
const other = (dimension: Dimension): string => `(other ${dimension}s)`;

/** An exceeded limit, and a line about it. */
export type ExceededLimit = {readonly name: string; readonly message: string};

/** Limits the number of different names of requests: sums by them take room and time. */
export class NameBounds {
	readonly #known: Readonly<Record<Dimension, Set<string>>>;
	readonly #exceeded = new Set<Dimension>();
	/** The latest names within the limits, because the next request often has the same. */
	#latest: Names = {};

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

	/** The request with names beyond the limits replaced. */
	bound(request: Request): Request {
		const {model, project, host, agent, provider} = request;
		const before = this.#latest;
		if (
			model === before.model &&
			project === before.project &&
			host === before.host &&
			agent === before.agent &&
			provider === before.provider
		) {
			return request;
		}
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
		if (bound === request) {
			this.#latest = {model, project, host, agent, provider};
		}
		return bound;
	}

	/** The limits exceeded so far. */
	get exceeded(): readonly ExceededLimit[] {
		return [...this.#exceeded].map(dimension => ({
			name: `${dimension}s`,
			message: `more than ${most[dimension]} different ${dimension}s: the others are counted together, as "${other(dimension)}"`,
		}));
	}
}

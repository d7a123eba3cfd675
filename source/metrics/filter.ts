import type {Request} from '../request.js';

/** Which requests to look at; each part by a piece of the name, whatever its case. Undefined takes all. */
export type Filter = {
	/** Requests whose log names no model at all stay in: nothing says that they are of another. */
	readonly model?: string | undefined;
	readonly project?: string | undefined;
	readonly thread?: string | undefined;
	/** A piece of any of these, or of the source. */
	readonly text?: string | undefined;
};

const holds = (name: string | undefined, piece: string): boolean =>
	name?.toLowerCase().includes(piece.toLowerCase()) ?? false;

/** Whether the filter takes everything. */
export const isEmptyFilter = (filter: Filter): boolean => Object.values(filter).every(piece => !piece);

/** The logs that name the model of any of these requests. */
export const logsNamingModels = (requests: readonly Request[]): ReadonlySet<string> => {
	const logs = new Set<string>();
	for (const {model, source} of requests) {
		if (model !== undefined) {
			logs.add(source);
		}
	}
	return logs;
};

/**
 * The requests that the filter takes; the same array where it takes all.
 * @param naming the logs that name models; give those of all requests where these are some of them
 */
export const filterRequests = (
	requests: readonly Request[],
	filter: Filter,
	naming = filter.model ? logsNamingModels(requests) : new Set<string>(),
): readonly Request[] => {
	if (isEmptyFilter(filter)) {
		return requests;
	}
	const {model, project, thread, text} = filter;
	return requests.filter(
		request =>
			(!model || holds(request.model, model) || (request.model === undefined && !naming.has(request.source))) &&
			(!project || holds(request.project, project)) &&
			(!thread || holds(request.thread, thread)) &&
			(!text || [request.model, request.project, request.thread, request.source].some(name => holds(name, text))),
	);
};

import type {Request} from '../request.js';

/** Which requests to look at; each part by a piece of the name, whatever its case. Undefined takes all. */
export type Filter = {
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

/** The requests that the filter takes; the same array where it takes all. */
export const filterRequests = (requests: readonly Request[], filter: Filter): readonly Request[] => {
	if (isEmptyFilter(filter)) {
		return requests;
	}
	const {model, project, thread, text} = filter;
	return requests.filter(
		request =>
			(!model || holds(request.model, model)) &&
			(!project || holds(request.project, project)) &&
			(!thread || holds(request.thread, thread)) &&
			(!text || [request.model, request.project, request.thread, request.source].some(name => holds(name, text))),
	);
};

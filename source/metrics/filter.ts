import type {Request} from '../request.js';

/** A filter of requests. Each part matches names that contain it, ignoring case; undefined matches everything. */
export type Filter = {
	/** Also matches requests of logs that name no model at all, since nothing says that they are of another. */
	readonly model?: string | undefined;
	readonly project?: string | undefined;
	readonly agent?: string | undefined;
	readonly provider?: string | undefined;
	readonly host?: string | undefined;
	readonly thread?: string | undefined;
	/** Matches any of these, or the source. */
	readonly text?: string | undefined;
};

/** The parts of a filter that match a name. */
export const filterNames = [
	'model',
	'project',
	'agent',
	'provider',
	'host',
	'thread',
] as const satisfies readonly (keyof Filter)[];

/** The properties of a lane that a filter looks at. */
type Filtered = Pick<Request, 'model' | 'project' | 'host' | 'agent' | 'provider'>;

/** Whether a request of this lane, log (by name) and thread matches. */
export type Taken = (lane: Filtered, source: string, thread: string | undefined) => boolean;

/** Normalised for comparison: accented letters have two encodings, and macOS uses the decomposed one. */
const comparable = (text: string): string => text.normalize('NFC').toLowerCase();

const holds = (name: string | undefined, piece: string): boolean =>
	name === undefined ? false : comparable(name).includes(comparable(piece));

/** True if the filter matches everything. */
export const isEmptyFilter = (filter: Filter): boolean => Object.values(filter).every(piece => !piece);

/** True if the result depends on the thread. */
export const looksAtThreads = ({thread, text}: Filter): boolean => Boolean(thread || text);

/**
 * Compiles a filter.
 * @param logsNamingModels returns the names of logs that name the model of any request, in any window; called if the
 * filter has a model
 */
export const takenBy = (filter: Filter, logsNamingModels: () => ReadonlySet<string>): Taken => {
	if (isEmptyFilter(filter)) {
		return () => true;
	}
	const {model, project, host, agent, provider, thread, text} = filter;
	const naming = model ? logsNamingModels() : new Set<string>();
	return (lane, source, name) =>
		(!model || holds(lane.model, model) || (lane.model === undefined && !naming.has(source))) &&
		(!project || holds(lane.project, project)) &&
		(!host || holds(lane.host, host)) &&
		(!agent || holds(lane.agent, agent)) &&
		(!provider || holds(lane.provider, provider)) &&
		(!thread || holds(name, thread)) &&
		(!text || [lane.model, lane.project, lane.agent, lane.provider, name, source].some(part => holds(part, text)));
};

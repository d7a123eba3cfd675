import type {Request} from '../request.js';

/** Which requests to look at; each part by a piece of the name, whatever its case. Undefined takes all. */
export type Filter = {
	/** Requests whose log names no model at all stay in: nothing says that they are of another. */
	readonly model?: string | undefined;
	readonly project?: string | undefined;
	readonly agent?: string | undefined;
	readonly provider?: string | undefined;
	readonly host?: string | undefined;
	readonly thread?: string | undefined;
	/** A piece of any of these, or of the source. */
	readonly text?: string | undefined;
};

/** The parts of a filter that a name belongs to. */
export const filterNames = [
	'model',
	'project',
	'agent',
	'provider',
	'host',
	'thread',
] as const satisfies readonly (keyof Filter)[];

/** What a filter looks at, beside the log and the thread. */
type Filtered = Pick<Request, 'model' | 'project' | 'host' | 'agent' | 'provider'>;

/** Whether a request of this lane, log (by its name) and thread is taken. */
export type Taken = (lane: Filtered, source: string, thread: string | undefined) => boolean;

/** Letters with accents are written in two ways: macOS takes them apart, keyboards do not. */
const comparable = (text: string): string => text.normalize('NFC').toLowerCase();

const holds = (name: string | undefined, piece: string): boolean =>
	name === undefined ? false : comparable(name).includes(comparable(piece));

/** Whether the filter takes everything. */
export const isEmptyFilter = (filter: Filter): boolean => Object.values(filter).every(piece => !piece);

/** Whether what the filter takes depends on the thread. */
export const looksAtThreads = ({thread, text}: Filter): boolean => Boolean(thread || text);

/**
 * What the filter takes.
 * @param logsNamingModels names of the logs that name the model of any request, whatever the window; asked where a
 * model is filtered for
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

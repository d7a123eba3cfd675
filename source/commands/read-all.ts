import {Ingest} from '../ingest.js';
import type {Filter} from '../metrics/filter.js';
import {type Report, reportOf} from '../metrics/report.js';
import {resolveWindow, spanOf, type WindowChoice} from '../metrics/window.js';
import type {SourceProblem} from '../sources/source.js';
import {MemoryStore} from '../store/memory.js';
import type {Session} from './session.js';

/** Everything that one reading of the sources gave. */
export type ReadAll = {
	readonly ingest: Ingest;
	/** Of a window over what was read. */
	readonly report: (choice: WindowChoice) => Report;
	/** Whether anything at all could be read. */
	readonly readAny: boolean;
};

/** What keeps a whole log from being read. */
const unread: ReadonlySet<SourceProblem['kind']> = new Set(['missing', 'unreadable', 'binary']);

/** Reads the sources once, to their present end. */
export const readAll = async (session: Session, filter: Filter = {}): Promise<ReadAll> => {
	const store = new MemoryStore();
	const ingest = new Ingest(store, {...session.ingest, onChange: () => {}});
	for (const problem of session.problems) {
		ingest.problem(problem);
	}
	await ingest.read(session.sources);
	const now = session.ingest.now();
	const all = store.all();
	const span = spanOf(all);
	return {
		ingest,
		report: choice => reportOf(all, resolveWindow(choice, now, span), session.prices, now, {filter}),
		readAny: ingest.readings.some(
			({facts}) => !ingest.problems.some(({kind, name}) => unread.has(kind) && name === facts.log.name),
		),
	};
};

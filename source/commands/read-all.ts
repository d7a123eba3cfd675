import {Ingest} from '../ingest/ingest.js';
import {type Report, type ReportOptions, reportOf} from '../metrics/report.js';
import {resolveWindow, type WindowChoice} from '../metrics/windows/window.js';
import type {Session} from '../session/session.js';
import {positionIn} from '../sources/file/position-in.js';
import type {SourceProblem} from '../sources/source.js';

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

/** Reads the sources once, to their present end. Throws a `StoreError` where what was read cannot be kept. */
export const readAll = async (
	{store, sources, problems, ingest: how, prices}: Session,
	wanted: ReportOptions = {},
): Promise<ReadAll> => {
	const ingest = new Ingest(store, {
		...how,
		positionOf: log => positionIn(sources, log),
		onChange: () => {},
	});
	for (const problem of problems) {
		ingest.problem(problem);
	}
	await ingest.read(sources);
	const now = how.now();
	return {
		ingest,
		report: choice => reportOf(store, resolveWindow(choice, now, store.span), prices, now, wanted),
		// What an earlier reading kept can be told of, also where the log is gone.
		readAny:
			store.total > 0 ||
			ingest.readings.some(
				({facts}) =>
					!ingest.problems.some(
						({kind, name}) =>
							name === facts.log.name && (unread.has(kind) || (kind === 'command-failed' && facts.read === 0)),
					),
			),
	};
};

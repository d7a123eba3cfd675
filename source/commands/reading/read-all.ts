import {UsageError} from '../../errors.js';
import {Ingest} from '../../ingest/ingest.js';
import type {LogReading} from '../../ingest/log-reading.js';
import {type Against, otherSide, whyNoSide} from '../../metrics/compare.js';
import {allMarks, findMark, windowSince} from '../../metrics/marks.js';
import {type Report, reportOf, type WindowOf} from '../../metrics/report/report.js';
import type {ReportOptions} from '../../metrics/report/report-questions.js';
import {resolveWindow, type WindowChoice} from '../../metrics/windows/window.js';
import type {Session} from '../../session/session.js';
import {positionsIn} from '../../sources/positions.js';
import type {LogFacts, SourceProblem} from '../../sources/source.js';

/** All sources, read once to their current end. */
export type ReadAll = {
	readonly ingest: Ingest;
	/** The state of each log. */
	readonly readings: readonly LogReading[];
	/** The report of a window. */
	readonly report: (choice: WindowChoice) => Promise<Report>;
	/**
	 * The report of the other side of a comparison.
	 * @throws UsageError if there is no such side
	 */
	readonly against: (report: Report, against: Against) => Promise<Report>;
	/** The report since the latest mark whose name contains a text; undefined if there is no such mark. */
	readonly reportSince: (mark: string) => Promise<Report | undefined>;
	/** True if anything could be read. */
	readonly readAny: boolean;
	/** Logs that no format recognised, if there are no requests from other logs. */
	readonly unrecognised: readonly SourceProblem[];
	/** True if everything that was named exists and was read completely. */
	readonly isWhole: boolean;
};

/** Problems because of which a whole log could not be read. */
export const unread: ReadonlySet<SourceProblem['kind']> = new Set(['missing', 'unreadable', 'binary']);

/** Problems because of which some of the named sources are incomplete. */
const leavesOut: ReadonlySet<SourceProblem['kind']> = new Set([
	...unread,
	'command-failed',
	'unrecognised',
	// For a server that was read until it failed.
	'watch-failed',
]);

/** Reads the sources once, to their current end. Throws a `StoreError` if what was read cannot be saved. */
export const readAll = async (
	{store, ledger, isRemote, sources, problems, ingest: how, prices, marks}: Session,
	wanted: ReportOptions = {},
): Promise<ReadAll> => {
	const ingest = new Ingest(store, {
		...how,
		...positionsIn(() => sources),
		onChange: () => {},
	});
	for (const problem of problems) {
		ingest.problem(problem);
	}
	await ingest.read(sources);
	const {total} = isRemote ? (await ledger.ask(() => ({}))).overview : store;
	const now = how.now();
	const ownMarks = marks();
	const reportOfWindow = (window: WindowOf, filter = wanted.filter) =>
		reportOf(ledger, window, prices, now, {...wanted, ...(filter && {filter}), marks: ownMarks});
	const marksNow = async () => {
		const {span, clients} = (await ledger.ask(() => ({}))).overview;
		return {span, marks: allMarks(ownMarks, clients)};
	};
	return {
		ingest,
		readings: ingest.readings,
		isWhole: !ingest.problems.some(({kind}) => leavesOut.has(kind)),
		unrecognised: unrecognised(ingest, total),
		report: choice => reportOfWindow(({span}) => resolveWindow(choice, now, span)),
		against: async (report, against) => {
			const side = otherSide(against, report, {now, ...(await marksNow())});
			if (!side) {
				const help = against.kind === 'mark' ? 'hitrate mark lists them.' : 'Name a window, as in --window 7d.';
				throw new UsageError(`--compare: ${whyNoSide(against)}. ${help}`);
			}
			return reportOfWindow(side.window, side.filter);
		},
		reportSince: async name => {
			const mark = findMark((await marksNow()).marks, name);
			return mark && reportOfWindow(({span}) => windowSince(mark, now, span));
		},
		// Requests of earlier runs count, even if their log no longer exists.
		readAny:
			total > 0 ||
			ingest.readings.some(
				({facts}) =>
					!ingest.problems.some(
						({kind, name}) =>
							name === facts.log.name && (unread.has(kind) || (kind === 'command-failed' && facts.read === 0)),
					),
			),
	};
};

/**
 * True for files, standard input and commands, for which being empty is a problem, unlike for databases and servers.
 */
const isBytes = ({log, modified}: LogFacts): boolean =>
	modified !== undefined || log.id === '-' || log.id.startsWith('exec:');

/** An exported table of calls without one: unlike a log, it gets none later. */
const isEmptyTable = ({format, tally, sums}: LogReading): boolean =>
	format === 'csv' && tally.outcomes === 0 && sums.length === 0;

/** Why a log has no requests, and the next step. */
const whyWithout = ({facts: {log, lines}, format}: LogReading): string => {
	if (lines === 0) {
		return 'is empty';
	}
	const why = format === undefined ? 'recognises none of its lines' : 'finds no call in this table';
	return `hitrate ${why}. Run ${log.id === '-' ? '… | hitrate doctor -' : 'hitrate doctor'} for details`;
};

/** Logs that no format recognised, or in which nothing can be. If other logs have requests, this is no problem. */
const unrecognised = (ingest: Ingest, total: number): readonly SourceProblem[] => {
	const readings = total > 0 ? [] : ingest.readings;
	if (readings.some(reading => reading.format !== undefined && !isEmptyTable(reading))) {
		return [];
	}
	const {problems} = ingest;
	return readings
		.filter(
			({facts}) =>
				facts.lines > 0 || (facts.size === 0 && isBytes(facts) && !problems.some(({name}) => name === facts.log.name)),
		)
		.map(reading => {
			const {name} = reading.facts.log;
			return {kind: 'unrecognised', name, message: `${name}: ${whyWithout(reading)}`, count: 1};
		});
};

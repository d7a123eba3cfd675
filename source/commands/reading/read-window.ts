import process from 'node:process';
import {UsageError} from '../../errors.js';
import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import type {Report} from '../../metrics/report/report.js';
import type {ReportOptions} from '../../metrics/report/report-questions.js';
import type {OutputContext} from '../../output/context.js';
import type {Options} from '../../session/options.js';
import {openSession, type Session, subjectOf, titleOf} from '../../session/session.js';
import {notKept} from '../../store/open-store.js';
import {StoreError} from '../../store/store.js';
import {isInputPiped} from '../../system/piped-input.js';
import {sanitize} from '../../text/sanitize.js';
import {unknownNames} from './no-such-name.js';
import {type ReadAll, readAll} from './read-all.js';

/** The options' window, after reading all sources once. */
export type ReadWindow = {
	readonly report: Report;
	readonly context: OutputContext;
	/** The sources, as the user named them. */
	readonly title: string;
	/** See `ReadAll`; the reports for all marks in rules are computed before the store is closed. */
	readonly reportSince: (mark: string) => Report | undefined;
	/** Names of existing threads if no request matches the requested one. */
	readonly otherThreads: readonly string[];
	/** True if anything could be read. */
	readonly readAny: boolean;
	/** True if everything that was named exists, was read completely, and was recognised. */
	readonly readAll: boolean;
};

/** How much of each list is wanted; all by default. */
type Wanted = Pick<ReportOptions, 'most' | 'mostBreaks' | 'mostThreads' | 'evidence'> & {
	/** Marks whose reports are wanted in addition to that of the window. */
	readonly marks?: readonly string[];
};

type Done = {
	readonly session: Session;
	readonly read: ReadAll;
	readonly report: Report;
	readonly since: ReadonlyMap<string, Report | undefined>;
	readonly against: Report | undefined;
	readonly otherThreads: readonly string[];
	/** What is asked for and in no log, in words. */
	readonly unknown: readonly string[];
};

/** Reads the sources, and reports problems on standard error. */
export const readWindow = async (options: Options, verb: string, wanted: Wanted = {}): Promise<ReadWindow> => {
	const {session, read, report, since, against, otherThreads, unknown} = await readKeeping(options, wanted);
	const {readings} = read;
	const problems = [...read.ingest.problems, ...read.unrecognised, ...report.problems];
	for (const message of [...problems.map(problem => problem.message), ...unknown]) {
		warn(message);
	}
	// A cron job or a loop of the shell may leave a pipe there that is not for hitrate.
	if (session.later && session.sources.length > 0 && isInputPiped() && process.stderr.isTTY) {
		warn(`standard input is not read; to read it, name it: … | hitrate ${verb} -`);
	}
	if (session.sources.length === 0 && problems.length === 0 && !(session.isRemote && read.readAny)) {
		warn(
			session.isRemote
				? `${titleOf(session)}: no host has shipped anything yet. Run hitrate ship or hitrate serve --ship on each of them`
				: `found no log. Looked at: ${session.lookedAt.join(', ')}. Name one, as in: hitrate ${verb} path/to/worker.log`,
		);
	}
	const {zone, events, groupBy, title} = options;
	return {
		report,
		context: {
			zone,
			prices: session.prices,
			readings,
			problems,
			events,
			groupBy,
			against,
			title,
			subject: subjectOf(session),
		},
		title: titleOf(session),
		reportSince: mark => since.get(mark),
		otherThreads,
		readAny: read.readAny,
		readAll:
			read.readAny &&
			read.isWhole &&
			read.unrecognised.length === 0 &&
			report.problems.every(({kind}) => kind === 'not-settled'),
	};
};

const warn = (message: string): void => {
	process.stderr.write(`hitrate: ${sanitize(message)}\n`);
};

/**
 * Reads into the store; if that fails, reads again into memory, since a report must not fail because of a broken store.
 */
const readKeeping = async (options: Options, wanted: Wanted): Promise<Done> => {
	const session = await openSession(options);
	if (session.notKept !== undefined) {
		warn(session.notKept);
	}
	try {
		return await readIn(session, options, wanted);
	} catch (error) {
		if (!(error instanceof StoreError)) {
			throw error;
		}
		warn(notKept(error));
		return readIn(await openSession({...options, keep: false}), options, wanted);
	}
};

/** Maximum number of names searched for a suggestion. */
const mostThreads = 20_000;

const threadsOf = ({store}: Session, {thread: _, ...filter}: Filter): readonly string[] => {
	const always = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
	return [...new Set(store.threads(always, filter, mostThreads).parts.map(({thread}) => thread))].filter(
		name => name !== undefined,
	);
};

const readIn = async (
	session: Session,
	{filter, window, sinceMark, against}: Options,
	{marks = [], ...wanted}: Wanted,
): Promise<Done> => {
	try {
		const read = await readAll(session, {filter, ...wanted});
		const report = await (sinceMark === undefined ? read.report(window ?? {kind: 'all'}) : read.reportSince(sinceMark));
		if (!report) {
			throw new UsageError(`--since-mark: unknown mark "${sinceMark}". hitrate mark lists them.`);
		}
		return {
			session,
			read,
			report,
			since: new Map(await Promise.all(marks.map(async mark => [mark, await read.reportSince(mark)] as const))),
			against: against && (await read.against(report, against)),
			otherThreads: report.count === 0 && filter.thread !== undefined ? threadsOf(session, filter) : [],
			unknown:
				report.count === 0 && report.total > 0 && !isEmptyFilter(filter)
					? await unknownNames(session.ledger, filter)
					: [],
		};
	} finally {
		session.store.close();
	}
};

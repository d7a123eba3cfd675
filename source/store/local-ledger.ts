import type {Counted} from '../metrics/breaks/facts.js';
import {type Around, nothingAround} from '../metrics/breaks/suspects/around.js';
import {type Examine, type Examined, mayHaveSuspects, nothingExamined} from '../metrics/breaks/suspects/evidence.js';
import type {OpenBreaks} from '../metrics/breaks/suspects/open-breaks.js';
import type {LaneEnd} from '../metrics/breaks/warm.js';
import type {Filter} from '../metrics/filter.js';
import {mostRequested} from '../metrics/groups.js';
import type {Moment, Overview, Question, SourcesFound, ThreadsFound, Wanted} from '../metrics/ledger.js';
import type {ClientStarts} from '../metrics/marks.js';
import type {Part, SlicePart} from '../metrics/sums/parts.js';
import type {Span, Window} from '../metrics/windows/window.js';
import {monotonic} from '../time/monotonic.js';

/** Answers the queries of `Ledger` from a store on this machine, one by one and synchronously. */
export type LocalLedger = {
	/** Asks several things of one moment, whatever other processes change meanwhile; where it is missing none can. */
	atOnce?<Result>(questions: () => Result): Result;
	/** Announces the next queries, so that what several of them need is computed once; optional. */
	expect?(questions: readonly Question[]): void;
	/** As in `Overview`. */
	readonly total: number;
	readonly span: Span;
	readonly untimed: number;
	clients(): ClientStarts;
	/** Changes with every change, also of another process. */
	readonly version: number;
	/** The sums of a window by lane. */
	parts(window: Window, filter: Filter): readonly Part[];
	slices(window: Window, width: number, filter: Filter): readonly SlicePart[];
	threads(window: Window, filter: Filter, most: number): ThreadsFound;
	sources(window: Window, filter: Filter, most: number): SourcesFound;
	requests(window: Window, filter: Filter, most: number): readonly Counted[];
	breaks(window: Window, filter: Filter, most: number): readonly Counted[];
	/** The newest breaks of a window, as evidence uses them. */
	openBreaks(window: Window, filter: Filter, most: number): OpenBreaks;
	/** The newest requests of a window, as needed for suspects. */
	around(window: Window, filter: Filter, most: number): Around;
	thread(name: string | undefined, window: Window, filter: Filter, most: number): readonly Counted[];
	ends(since: number, filter: Filter): readonly LaneEnd[];
};

/** Answers what a `Ledger` is asked, now. */
export const answerNow = <Asked extends Wanted>(
	ledger: LocalLedger,
	choose: (overview: Overview) => Asked,
): Moment<Asked> => {
	const answerAll = (): Moment<Asked> => {
		const {total, span, untimed, version} = ledger;
		const overview = {total, span, untimed, version, clients: ledger.clients()};
		const took: Record<string, number> = {};
		const partsOf = askedOnce(ledger);
		const wanted = choose(overview);
		ledger.expect?.(Object.values(wanted).filter(question => question !== undefined));
		const answers = Object.entries(wanted).map(([name, question]) => {
			const start = monotonic();
			const answer = question && answerOne({ledger, partsOf}, question);
			took[name] = monotonic() - start;
			return [name, answer];
		});
		return {overview, answers: Object.fromEntries(answers), took, problems: []};
	};
	return ledger.atOnce ? ledger.atOnce(answerAll) : answerAll();
};

type PartsOf = (window: Window, filter: Filter) => readonly Part[];

/** The sums of a window, which several questions of one moment are about. */
const askedOnce = (ledger: LocalLedger): PartsOf => {
	const found: {readonly window: Window; readonly filter: Filter; readonly parts: readonly Part[]}[] = [];
	return (window, filter) => {
		const same = found.find(one => one.window === window && one.filter === filter);
		if (same) {
			return same.parts;
		}
		const parts = ledger.parts(window, filter);
		found.push({window, filter, parts});
		return parts;
	};
};

const answerOne = (
	{ledger, partsOf}: {readonly ledger: LocalLedger; readonly partsOf: PartsOf},
	question: Question,
) => {
	switch (question.kind) {
		case 'parts':
			return partsOf(question.window, question.filter);
		case 'groups':
			return mostRequested(partsOf(question.window, question.filter), question.by, question.most);
		case 'slices':
			return ledger.slices(question.window, question.width, question.filter);
		case 'threads':
			return ledger.threads(question.window, question.filter, question.most);
		case 'sources':
			return ledger.sources(question.window, question.filter, question.most);
		case 'requests':
			return ledger.requests(question.window, question.filter, question.most);
		case 'breaks': {
			const {window, filter, most, examine: toExamine} = question;
			return {
				breaks: ledger.breaks(window, filter, most),
				examined: toExamine ? examine(ledger, window, filter, toExamine) : nothingExamined,
			};
		}
		case 'thread':
			return ledger.thread(question.name, question.window, question.filter, question.most);
		case 'ends':
			return ledger.ends(question.since, question.filter);
	}
};

const examine = (ledger: LocalLedger, window: Window, filter: Filter, {breaks, requests}: Examine): Examined => {
	const found = ledger.openBreaks(window, filter, breaks);
	return {...found, around: mayHaveSuspects(found.open) ? ledger.around(window, filter, requests) : nothingAround};
};

import {UnavailableError} from '../../errors.js';
import {aroundOf, nothingAround} from '../../metrics/breaks/suspects/around.js';
import {mayHaveSuspects, nothingExamined} from '../../metrics/breaks/suspects/evidence.js';
import {openBreaksOf} from '../../metrics/breaks/suspects/open-breaks.js';
import type {AnswerTo, Ledger, Moment, Overview, Question, Wanted} from '../../metrics/ledger.js';
import {plural} from '../../metrics/number-words.js';
import type {SlicePart} from '../../metrics/sums/parts.js';
import type {SourceProblem} from '../../sources/source.js';
import {monotonic} from '../../time/monotonic.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {logSumTable, threadSumTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {OpenEnds} from './ends.js';
import type {Hours} from './hours.js';
import {lanesOf, sliceOf} from './lanes.js';
import {type GroupQuestion, groupsOf} from './most-requested.js';
import {newestBreaksOf} from './newest-breaks.js';
import {newestOf, newestOfThread} from './newest-requests.js';
import {type Known, knownOf} from './overview.js';
import {selectionOf} from './selection.js';
import {sumsOf} from './sums.js';
import {threadsOf} from './threads.js';
import {where} from './where.js';

/**
 * The overview is refreshed no more often than after this many milliseconds, and after a multiple of the time that the
 * last refresh took.
 */
const leastAge = 1000;
const ageByCost = 10;

/**
 * A `Ledger` over the ClickHouse of a fleet. Its answers describe one moment, except for rows that arrive while they
 * are computed, because the server reads the table once per query.
 */
export class FleetLedger implements Ledger {
	readonly #server: Pick<Clickhouse, 'rows'>;
	#known: (Known & {readonly until: number}) | undefined;
	readonly #ends = new OpenEnds();
	#version = 0;
	/** The state of the table at the latest version. */
	#state = '';

	constructor(server: Pick<Clickhouse, 'rows'>) {
		this.#server = server;
	}

	/** Rejects with an `UnavailableError` if the server does not answer. */
	async ask<Asked extends Wanted>(choose: (overview: Overview) => Asked): Promise<Moment<Asked>> {
		try {
			return await this.#answer(choose, sql => this.#server.rows(sql));
		} catch (error) {
			if (!(error instanceof ClickhouseError)) {
				throw error;
			}
			if (error.code === unreachable) {
				const partly = await this.#withoutMissing(choose);
				if (partly) {
					return partly;
				}
			}
			throw new UnavailableError(error.message, {cause: error});
		}
	}

	/** Answers from the available servers of a cluster; undefined if that is not possible. */
	async #withoutMissing<Asked extends Wanted>(
		choose: (overview: Overview) => Asked,
	): Promise<Moment<Asked> | undefined> {
		this.#known = undefined;
		try {
			const moment = await this.#answer(choose, sql => this.#server.rows(sql, undefined, {skip_unavailable_shards: 1}));
			return {...moment, problems: [...moment.problems, shardMissing]};
		} catch (error) {
			if (error instanceof ClickhouseError) {
				return undefined;
			}
			throw error;
		} finally {
			this.#known = undefined;
		}
	}

	async #answer<Asked extends Wanted>(choose: (overview: Overview) => Asked, ask: Ask): Promise<Moment<Asked>> {
		const {overview: found, hours, unsettled} = await this.#look(ask);
		const overview = {...found, version: this.#version};
		const took: Record<string, number> = {};
		const asked = Object.entries(choose(overview));
		const start = monotonic();
		const questions = asked.map(([, question]) => question);
		const together = new Map<Question, Promise<AnswerTo<Question>>>([
			...lanesOf(ask, questions, hours),
			...groupsOf(ask, questions, hours),
		]);
		const answers = await Promise.all(
			asked.map(async ([name, question]) => {
				const answer =
					question &&
					(await (together.get(question) ?? answerTo(ask, question as QuestionAlone, {hours, ends: this.#ends})));
				took[name] = monotonic() - start;
				return [name, answer] as const;
			}),
		);
		return {
			overview,
			answers: Object.fromEntries(answers) as Moment<Asked>['answers'],
			took,
			problems: unsettled > 0 ? [notSettled(unsettled)] : [],
		};
	}

	async #look(ask: Ask): Promise<Known> {
		const start = monotonic();
		if (this.#known && start < this.#known.until) {
			return this.#known;
		}
		const known = await knownOf(ask);
		const state = JSON.stringify([...known.hours.states]);
		if (state !== this.#state) {
			this.#state = state;
			this.#version++;
		}
		const end = monotonic();
		this.#known = {...known, until: end + Math.max(leastAge, ageByCost * (end - start))};
		return this.#known;
	}
}

/** ClickHouse's error code for a server of the cluster that cannot be reached. */
const unreachable = 279;

const shardMissing: SourceProblem = {
	kind: 'server-failed',
	name: 'fleet',
	message: 'a server of the cluster does not answer: what it holds is missing here',
	count: 1,
};

const notSettled = (threads: number): SourceProblem => ({
	kind: 'not-settled',
	name: 'fleet',
	message: `${plural(threads, 'thread')} of several hosts ${threads === 1 ? 'is' : 'are'} counted as each host alone saw ${threads === 1 ? 'it' : 'them'}: run hitrate fleet keep`,
	count: 1,
});

/** Questions that are answered one by one. */
type QuestionAlone = Exclude<Question, GroupQuestion>;

/** Answers a question that sums of lanes cannot answer. */
const answerTo = async (
	ask: Ask,
	question: QuestionAlone,
	{hours, ends}: {readonly hours: Hours; readonly ends: OpenEnds},
): Promise<AnswerTo<Question>> => {
	switch (question.kind) {
		case 'parts': {
			const {window, filter, by} = question;
			const wanted = {keys: [], by, detail: 'all'} as const;
			const parts = await sumsOf(ask, wanted, selectionOf(window, filter, logSumTable, hours));
			return parts.map(({keys: _, held: __, ...part}) => part);
		}
		case 'slices': {
			const {window, filter, by, width} = question;
			const wanted = {keys: [sliceOf(width)], by, detail: 'all'} as const;
			const parts = await sumsOf(ask, wanted, {rows: where(window, filter)});
			return parts.map(({keys: [start], held: _, ...part}): SlicePart => ({...part, slice: Number(start)}));
		}
		case 'threads': {
			const {window, filter, most} = question;
			return threadsOf(ask, selectionOf(window, filter, threadSumTable, hours), most);
		}
		case 'requests':
			return newestOf(ask, question, hours);
		case 'thread':
			return newestOfThread(ask, question, hours);
		case 'breaks': {
			const {window, filter, most, examine: toExamine} = question;
			const found = await newestBreaksOf(ask, {window, filter, most: Math.max(most, toExamine?.breaks ?? 0)});
			const breaks = found.slice(Math.max(0, found.length - most));
			if (!toExamine) {
				return {breaks, examined: nothingExamined};
			}
			const looked = openBreaksOf(found.slice(-toExamine.breaks));
			const around = mayHaveSuspects(looked.open)
				? aroundOf(await newestOf(ask, {window, filter, most: toExamine.requests}, hours), toExamine.priceOf)
				: nothingAround;
			return {breaks, examined: {...looked, around}};
		}
		case 'ends':
			return ends.since(ask, question.since, question.filter);
	}
};

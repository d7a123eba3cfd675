import {UnavailableError} from '../../errors.js';
import {aroundOf, nothingAround} from '../../metrics/breaks/suspects/around.js';
import type {AnswerTo, Ledger, Moment, Overview, Question, Wanted} from '../../metrics/ledger.js';
import type {SlicePart} from '../../metrics/sums/parts.js';
import {plural} from '../../metrics/words.js';
import type {SourceProblem} from '../../sources/source.js';
import {monotonic} from '../../time/monotonic.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {logSumTable, threadSumTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {OpenEnds} from './ends.js';
import type {Hours} from './hours.js';
import {lanesOf, sliceOf} from './lanes.js';
import {newestOf, newestOfThread} from './lists.js';
import {type GroupQuestion, groupsOf} from './most-requested.js';
import {newestBreaksOf} from './newest-breaks.js';
import {type Known, knownOf} from './overview.js';
import {sumsOf} from './sums.js';
import {takingOf} from './taking.js';
import {threadsOf} from './threads.js';
import {where} from './where.js';

/** What there is is asked anew no sooner than after this, milliseconds, and after so many times what asking took. */
const leastAge = 1000;
const ageByCost = 10;

/**
 * What the hosts of a fleet shipped to a ClickHouse. Its answers are of one moment but for what arrives while they are
 * computed: the server reads the table once for each.
 */
export class FleetLedger implements Ledger {
	readonly #server: Pick<Clickhouse, 'rows'>;
	#known: (Known & {readonly until: number}) | undefined;
	readonly #ends = new OpenEnds();
	#version = 0;
	/** Of the table, at the latest version. */
	#state = '';

	constructor(server: Pick<Clickhouse, 'rows'>) {
		this.#server = server;
	}

	/** Rejects with an `UnavailableError` where the server does not answer. */
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

	/** What the servers of a cluster tell that are there; undefined where that cannot be asked for. */
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

/** ClickHouse's number for a server of its cluster that it cannot connect to. */
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

/** What is never answered together with others. */
type QuestionAlone = Exclude<Question, GroupQuestion>;

/** The answer to a question of what sums of lanes do not tell. */
const answerTo = async (
	ask: Ask,
	question: QuestionAlone,
	{hours, ends}: {readonly hours: Hours; readonly ends: OpenEnds},
): Promise<AnswerTo<Question>> => {
	switch (question.kind) {
		case 'parts': {
			const {window, filter, by} = question;
			const wanted = {keys: [], by, detail: 'all'} as const;
			const parts = await sumsOf(ask, wanted, takingOf(window, filter, logSumTable, hours));
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
			return threadsOf(ask, takingOf(window, filter, threadSumTable, hours), most);
		}
		case 'requests':
			return newestOf(ask, question, hours);
		case 'thread':
			return newestOfThread(ask, question, hours);
		case 'breaks': {
			const {window, filter, around} = question;
			const breaks = await newestBreaksOf(ask, question);
			if (!around?.areWanted(breaks)) {
				return {breaks, around: nothingAround};
			}
			const requests = await newestOf(ask, {window, filter, most: around.most}, hours);
			return {breaks, around: aroundOf(requests, around.priceOf)};
		}
		case 'ends':
			return ends.since(ask, question.since, question.filter);
	}
};

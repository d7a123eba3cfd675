import {UnavailableError} from '../../errors.js';
import {aroundOf, nothingAround} from '../../metrics/breaks/suspects/around.js';
import {isEmptyFilter} from '../../metrics/filter.js';
import type {AnswerTo, Ledger, Moment, Overview, Question, Wanted} from '../../metrics/ledger.js';
import {allMeasures} from '../../metrics/sums/measures.js';
import type {SlicePart} from '../../metrics/sums/parts.js';
import {plural} from '../../metrics/words.js';
import type {SourceProblem} from '../../sources/source.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {integer, literal} from '../table/literal.js';
import {laneKeys, laneSumTable, logSumTable} from '../table/tables.js';
import {textOf} from '../table/values.js';
import type {Ask} from './ask.js';
import {endsSince} from './ends.js';
import type {Hours} from './hours.js';
import {newestOf} from './lists.js';
import {groupsOf, sourcesOf} from './most-requested.js';
import {type Known, knownOf} from './overview.js';
import {type Key, sumsOf} from './sums.js';
import {slotLength, slotsInHour, takingOf} from './taking.js';
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
			const moment = await this.#answer(choose, sql =>
				this.#server.rows(`${sql} SETTINGS skip_unavailable_shards = 1`),
			);
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
		const answers = await Promise.all(
			Object.entries(choose(overview)).map(async ([name, question]) => {
				const start = performance.now();
				const answer = question && (await answerTo(ask, question, hours));
				took[name] = performance.now() - start;
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
		const start = performance.now();
		if (this.#known && start < this.#known.until) {
			return this.#known;
		}
		const known = await knownOf(ask);
		const state = JSON.stringify([...known.hours.states]);
		if (state !== this.#state) {
			this.#state = state;
			this.#version++;
		}
		const end = performance.now();
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

const answerTo = async (ask: Ask, question: Question, hours: Hours): Promise<AnswerTo<Question>> => {
	switch (question.kind) {
		case 'parts': {
			const {window, filter, by} = question;
			const isOfLanes = isEmptyFilter(filter) && by.every(name => (laneKeys as readonly string[]).includes(name));
			const table = isOfLanes ? laneSumTable : logSumTable;
			const wanted = {keys: [], by, measures: allMeasures};
			return (await sumsOf(ask, wanted, takingOf(window, filter, table, hours))).map(({keys: _, ...part}) => part);
		}
		case 'slices': {
			const {window, filter, by, width} = question;
			const taking = takingOf(window, filter, laneSumTable, hours);
			const wanted = {keys: [sliceOf(width)], by, measures: allMeasures};
			const parts = await sumsOf(ask, wanted, width % slotLength === 0 ? taking : {rows: taking.rows});
			return parts.map(({keys: [start], ...part}): SlicePart => ({...part, slice: Number(start)}));
		}
		case 'groups': {
			const {window, filter, by, most} = question;
			return groupsOf(ask, by, takingOf(window, filter, logSumTable, hours), most);
		}
		case 'sources': {
			const {window, filter, most} = question;
			return sourcesOf(ask, takingOf(window, filter, logSumTable, hours), most);
		}
		case 'threads':
			return threadsOf(ask, where(question.window, question.filter), question.most);
		case 'requests':
			return newestOf(ask, question, hours);
		case 'thread':
			return newestOf(ask, question, hours, `thread = ${literal(textOf(question.name))}`);
		case 'breaks': {
			const {window, filter, around} = question;
			const breaks = await newestOf(ask, question, hours, 'cause > 0');
			if (!around?.areWanted(breaks)) {
				return {breaks, around: nothingAround};
			}
			const requests = await newestOf(ask, {window, filter, most: around.most}, hours);
			return {breaks, around: aroundOf(requests, around.priceOf)};
		}
		case 'ends':
			return endsSince(ask, question.since, question.filter);
	}
};

/** The slice of a width, milliseconds, that a time is in, by when it begins. */
const sliceOf = (width: number): Key => {
	// A remainder is only as wide as what it is divided by.
	const wide = `toInt64(${integer(width)})`;
	const start = (time: string) => `${time} - modulo(modulo(${time}, ${wide}) + ${wide}, ${wide})`;
	return {
		ofRow: start('time'),
		ofKept: start(`((toInt64(hour) * ${slotsInHour} + slot) * ${slotLength})`),
	};
};

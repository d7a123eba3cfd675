import {UnavailableError} from '../../errors.js';
import {aroundOf, nothingAround} from '../../metrics/breaks/suspects/around.js';
import type {AnswerTo, Ledger, Moment, Overview, Question, Wanted} from '../../metrics/ledger.js';
import {allMeasures} from '../../metrics/measures.js';
import type {SlicePart} from '../../metrics/parts.js';
import {plural} from '../../metrics/words.js';
import type {SourceProblem} from '../../sources/source.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {integer, literal} from '../table/literal.js';
import {textOf} from '../table/values.js';
import {endsSince} from './ends.js';
import {listFrom, newestSql} from './lists.js';
import {overviewOf} from './overview.js';
import {sourcesOf} from './sources.js';
import {partsFrom, sumsSql} from './sums.js';
import {type Ask, threadsOf} from './threads.js';
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
	#overview:
		| {readonly found: Overview; readonly problems: readonly SourceProblem[]; readonly until: number}
		| undefined;
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
		this.#overview = undefined;
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
			this.#overview = undefined;
		}
	}

	async #answer<Asked extends Wanted>(choose: (overview: Overview) => Asked, ask: Ask): Promise<Moment<Asked>> {
		const {found: overview, problems} = await this.#known(ask);
		const took: Record<string, number> = {};
		const answers = await Promise.all(
			Object.entries(choose(overview)).map(async ([name, question]) => {
				const start = performance.now();
				const answer = question && (await answerTo(ask, question));
				took[name] = performance.now() - start;
				return [name, answer] as const;
			}),
		);
		return {overview, answers: Object.fromEntries(answers) as Moment<Asked>['answers'], took, problems};
	}

	async #known(ask: Ask): Promise<{readonly found: Overview; readonly problems: readonly SourceProblem[]}> {
		const start = performance.now();
		if (this.#overview && start < this.#overview.until) {
			return this.#overview;
		}
		const {overview: found, state, unsettled} = await overviewOf(ask);
		if (state !== this.#state) {
			this.#state = state;
			this.#version++;
		}
		const overview = {...found, version: this.#version};
		const end = performance.now();
		this.#overview = {
			found: overview,
			problems: unsettled > 0 ? [notSettled(unsettled)] : [],
			until: end + Math.max(leastAge, ageByCost * (end - start)),
		};
		return this.#overview;
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

const answerTo = async (ask: Ask, question: Question): Promise<AnswerTo<Question>> => {
	switch (question.kind) {
		case 'parts': {
			const sums = {...question, keys: [], measures: allMeasures, where: where(question.window, question.filter)};
			return partsFrom(await ask(sumsSql(sums)), sums).map(({keys: _, ...part}) => part);
		}
		case 'slices': {
			// A remainder is only as wide as what it is divided by.
			const width = `toInt64(${integer(question.width)})`;
			const slice = `time - modulo(modulo(time, ${width}) + ${width}, ${width})`;
			const sums = {...question, keys: [slice], measures: allMeasures, where: where(question.window, question.filter)};
			return partsFrom(await ask(sumsSql(sums)), sums).map(
				({keys: [start], ...part}): SlicePart => ({...part, slice: Number(start)}),
			);
		}
		case 'threads':
			return threadsOf(ask, where(question.window, question.filter), question.most);
		case 'sources':
			return sourcesOf(ask, where(question.window, question.filter), question.most);
		case 'requests':
			return newest(ask, where(question.window, question.filter), question.most);
		case 'thread': {
			const {name, window, filter, most} = question;
			return newest(ask, `${where(window, filter)} AND thread = ${literal(textOf(name))}`, most);
		}
		case 'breaks': {
			const {window, filter, most, around} = question;
			const breaks = await newest(ask, `${where(window, filter)} AND cause > 0`, most);
			if (!around?.areWanted(breaks)) {
				return {breaks, around: nothingAround};
			}
			const requests = await newest(ask, where(window, filter), around.most);
			return {breaks, around: aroundOf(requests, around.priceOf)};
		}
		case 'ends':
			return endsSince(ask, question.since, question.filter);
	}
};

const newest = async (ask: Ask, condition: string, most: number) =>
	most > 0 ? listFrom(await ask(newestSql(condition, most))) : [];

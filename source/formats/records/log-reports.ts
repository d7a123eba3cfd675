import {boundName} from '../../text/bound-names.js';
import type {CacheChange, Sum, ThreadModel} from '../format.js';
import {RecentMap} from '../state/recent-map.js';
import {withBoundTexts} from './bound-texts.js';

/** Maximum number of sums remembered per log; a database has one per session. */
const mostSums = 500;
/** Maximum number of changes remembered per log. */
const mostChanges = 50;
/** Maximum number of model switches remembered per log. */
const mostModels = 50;
const noTrace = {time: 0, input: 0, cacheRead: 0};

/** An example of saved reports, for `isLike`. */
export const exampleReports = {
	models: [{thread: ''}],
	changes: [['', {thread: '', reason: '', after: noTrace, until: noTrace}]] as const,
	sums: [['', {id: '', tokens: {uncached: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0}}]] as const,
};

/** What a log reports besides its own answers: sums, and what concerns requests of other logs. */
export class LogReports {
	readonly #sums: RecentMap<Sum>;
	readonly #changes: RecentMap<CacheChange>;
	#models: readonly ThreadModel[];

	/** @param saved what `save` returned, checked by `exampleReports` */
	constructor(saved: typeof exampleReports | undefined) {
		this.#sums = new RecentMap(mostSums, saved?.sums as readonly (readonly [string, Sum])[] | undefined);
		this.#changes = new RecentMap(
			mostChanges,
			saved?.changes as readonly (readonly [string, CacheChange])[] | undefined,
		);
		this.#models = (saved?.models as readonly object[] as readonly ThreadModel[] | undefined) ?? [];
	}

	get sums(): readonly Sum[] {
		return this.#sums.entries().map(([, sum]) => sum);
	}

	get changes(): readonly CacheChange[] {
		return this.#changes.entries().map(([, change]) => change);
	}

	get models(): readonly ThreadModel[] {
		return this.#models;
	}

	/** Adds a sum; replaces one with the same id. */
	addSum(sum: Sum): void {
		const id = boundName(sum.id) ?? '';
		this.#sums.set(id, {...sum, id, thread: boundName(sum.thread)});
	}

	/** Adds a change that broke the cache of requests in another log. */
	addChange(change: CacheChange): void {
		const thread = boundName(change.thread) ?? '';
		const key = `${thread} ${change.until.time} ${change.until.input}`;
		this.#changes.set(key, {...change, thread, reason: boundName(change.reason) ?? ''});
	}

	/** Replaces the models of requests in other logs. */
	setModels(models: readonly ThreadModel[]): void {
		this.#models = models.slice(-mostModels).map(withBoundTexts);
	}

	/** The reports as plain data. */
	save() {
		return {sums: this.#sums.entries(), changes: this.#changes.entries(), models: this.#models};
	}
}

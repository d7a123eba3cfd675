import type {Blocks} from '../../source/metrics/blocks.js';
import type {Breaks} from '../../source/metrics/breaks/breaks.js';
import {type PriceList, priceList} from '../../source/metrics/money/pricing.js';
import type {WhatIf} from '../../source/metrics/money/what-if.js';
import {type Report, reportFrom} from '../../source/metrics/report/report.js';
import {type ReportOptions, reportQuestions} from '../../source/metrics/report/report-questions.js';
import {type Basis, type Summary, summaryOf} from '../../source/metrics/report/summary.js';
import type {Window} from '../../source/metrics/windows/window.js';
import type {Request} from '../../source/request.js';
import {answerNow, type LocalLedger} from '../../source/store/local-ledger.js';
import {MemoryStore} from '../../source/store/memory/memory-store.js';

/** Figures of plain lists of requests, as the tests of single figures want them. */

const always: Window = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'custom'};

/** A store that holds these requests, which came in this order. */
export const storeOf = (requests: readonly Request[], prices: PriceList = priceList()): MemoryStore => {
	const store = new MemoryStore(prices);
	store.commit({
		changes: requests.map(request => ({
			kind: 'put',
			log: {id: request.source, name: request.source},
			request,
		})),
		cursors: [],
	});
	return store;
};

export const reportOf = (
	requests: readonly Request[],
	window: Window,
	prices: PriceList,
	now: number,
	options?: ReportOptions,
): Report => localReport(storeOf(requests, prices), window, prices, now, options);

/** The report of a store of this machine. */
export const localReport = (
	store: LocalLedger,
	window: Window,
	prices: PriceList,
	now: number,
	options: ReportOptions = {},
): Report =>
	reportFrom(
		answerNow(store, overview => reportQuestions(window, overview, prices, now, options)),
		window,
		prices,
		now,
		options,
	);

/** All requests of a store, oldest first. */
export const allOf = (store: LocalLedger): readonly Request[] =>
	store
		.requests({from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'}, {}, Number.MAX_SAFE_INTEGER)
		.map(({request}) => request);

export const summarize = (requests: readonly Request[], prices: PriceList, basis?: Basis): Summary =>
	summaryOf(storeOf(requests, prices).parts(always, {}), basis);

/** Their report over all of their time. */
const whole = (requests: readonly Request[], prices: PriceList): Report => {
	const times = requests.map(({time}) => time);
	const window = {from: Math.min(...times, 0), to: Math.max(...times, 0) + 1, name: 'all'};
	return reportOf(requests, window, prices, window.to);
};

export const replay = (requests: readonly Request[], prices: PriceList): WhatIf | undefined =>
	whole(requests, prices).whatIf;

export const findBreaks = (requests: readonly Request[], prices: PriceList): Breaks => whole(requests, prices).breaks;

export const countBlocks = (requests: readonly Request[], window: Window): Blocks =>
	reportOf(requests, window, priceList(), window.to).blocks;

import {oneHour} from './breaks/lifetime.js';
import type {Filter} from './filter.js';
import type {Question} from './ledger.js';
import type {Span} from './windows/window.js';

/**
 * The present by the log's clock, which may be ahead of this machine's; in epoch milliseconds.
 * @param now by this machine's clock
 */
export const logNow = (span: Span, now: number): number => Math.max(now, span?.last ?? now);

/** Asks for the open ends that `warmOf` takes. @param now by the clock of the log, epoch milliseconds */
export const endsQuestion = (filter: Filter, now: number): Extract<Question, {kind: 'ends'}> => ({
	kind: 'ends',
	since: now - oneHour,
	filter,
});

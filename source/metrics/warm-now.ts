import {oneHour} from './breaks/lifetime.js';
import {type Warm, warmOf} from './breaks/warm.js';
import type {Filter} from './filter.js';
import type {Ledger} from './ledger.js';

/**
 * The present by the clock of the log, which may be ahead of this machine's; epoch milliseconds.
 * @param now by this machine's clock
 */
export const logNow = ({span}: Pick<Ledger, 'span'>, now: number): number => Math.max(now, span?.last ?? now);

/** What is in the cache now. @param now by this machine's clock, epoch milliseconds */
export const warmNow = (ledger: Ledger, filter: Filter, now: number): Warm => {
	const present = logNow(ledger, now);
	return warmOf(ledger.ends(present - oneHour, filter), present);
};

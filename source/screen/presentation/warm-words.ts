import type {WarmChain} from '../../metrics/breaks/warm.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {lastMinute, lastMinuteTick, tick} from '../../monitor/ticks.js';
import {formatTimeLeft} from '../../output/numbers.js';

/** Milliseconds by which a countdown steps: an idle screen does not change in between. */
const stepOf = (left: number): number => (left < lastMinute ? lastMinuteTick : tick);

/** The present by the log's clock, which may be ahead of this machine's. */
const presentOf = ({now, report}: Pick<Snapshot, 'now' | 'report'>): number => Math.max(now, report.span?.last ?? now);

/** `38:15`, `1:02:00`: how long a chain stays in the cache unless it is read. */
export const timeLeft = ({expires}: Pick<WarmChain, 'expires'>, snapshot: Pick<Snapshot, 'now' | 'report'>): string =>
	formatTimeLeft(inSteps(Math.max(0, expires - presentOf(snapshot))));

const inSteps = (left: number): number => Math.floor(left / stepOf(left)) * stepOf(left);

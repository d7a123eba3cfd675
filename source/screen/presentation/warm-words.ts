import type {WarmChain} from '../../metrics/breaks/warm.js';
import type {Snapshot} from '../../monitor/monitor.js';

/** Times left move in steps of so many milliseconds: an idle screen stays still in between. */
const step = 15_000;
const minute = 60_000;

/** The present by the clock of the log, which may be ahead of this machine's. */
const presentOf = ({now, report}: Pick<Snapshot, 'now' | 'report'>): number => Math.max(now, report.span?.last ?? now);

/** `38:15`, `1:02:00`: how long a chain stays in the cache unless it is read. */
export const timeLeft = ({expires}: Pick<WarmChain, 'expires'>, snapshot: Pick<Snapshot, 'now' | 'report'>): string => {
	const left = Math.floor(Math.max(0, expires - presentOf(snapshot)) / step) * step;
	const minutes = Math.floor(left / minute);
	const seconds = String((left % minute) / 1000).padStart(2, '0');
	return minutes < 60
		? `${minutes}:${seconds}`
		: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${seconds}`;
};

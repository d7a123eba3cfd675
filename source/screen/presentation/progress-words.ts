import {plural} from '../../metrics/number-words.js';
import type {Behind, Snapshot} from '../../monitor/snapshot.js';
import {formatBytes, formatGap, formatPercent} from '../../output/numbers.js';
import {bar} from '../../text/bar.js';
import {type Line, primary, styledAs} from '../text/line.js';

/** An estimate of the time left needs at least this share read (0–1). */
const leastShare = 0.02;

/** The share read of the bytes that existed at the start, 0–1; undefined if their size is unknown, as for a stream. */
export const shareRead = ({
	state,
	progress: {done, total},
}: Pick<Snapshot, 'state' | 'progress'>): number | undefined =>
	state === 'reading' && total > 0 && done < total ? done / total : undefined;

/** `28 s left`; empty while there is no estimate. */
const timeLeft = (snapshot: Snapshot): string => {
	const {done, total, rate} = snapshot.progress;
	return rate !== undefined && rate > 0 && (shareRead(snapshot) ?? 0) >= leastShare
		? `${formatGap(((total - done) / rate) * 1000)} left`
		: '';
};

/** How far reading has progressed, longest wording first. */
export const progressWords = (snapshot: Snapshot): readonly string[] => {
	const {done, total, rate} = snapshot.progress;
	const share = shareRead(snapshot);
	if (share === undefined) {
		return [`${plural(snapshot.report.total, 'request')} so far`];
	}
	const percent = formatPercent(share);
	const left = timeLeft(snapshot);
	const speed = rate === undefined ? [] : [`${formatBytes(rate)}/s`];
	return [
		[percent, `${formatBytes(done)} of ${formatBytes(total)}`, ...speed, ...(left === '' ? [] : [left])].join(' · '),
		[percent, ...(left === '' ? [] : [left])].join(' · '),
		percent,
	];
};

/** How far reading is behind live logs, longest wording first. */
export const behindWords = ({bytes, rate}: Behind): readonly string[] => {
	const size = formatBytes(bytes);
	if (rate === undefined) {
		return [size];
	}
	const left = `${formatGap((bytes / rate) * 1000)} left`;
	return [`${size} · ${formatBytes(rate)}/s · ${left}`, `${size} · ${left}`, size];
};

/** The progress as a bar over one row; empty if unknown. */
export const progressBar = (snapshot: Snapshot, columns: number, unicode: boolean): Line => {
	const share = shareRead(snapshot);
	return share === undefined ? [] : styledAs('chart', bar(share, columns, {unicode}));
};

/** The longest wording of the progress that fits. */
export const progressLine = (snapshot: Snapshot, columns: number): Line =>
	primary(progressWords(snapshot).find(({length}) => length <= columns) ?? '');

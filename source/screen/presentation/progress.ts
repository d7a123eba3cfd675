import {plural} from '../../metrics/words.js';
import type {Behind, Snapshot} from '../../monitor/snapshot.js';
import {formatBytes, formatGap, formatPercent} from '../../output/numbers.js';
import {bar} from '../../text/bar.js';
import {type Line, primary, styledAs} from '../text/line.js';

/** A time left that is estimated from less is no more than a guess. */
const leastShare = 0.02;

/** How much of what there was at the start has been read: undefined where its size is not known, as of a stream. */
export const shareRead = ({
	state,
	progress: {done, total},
}: Pick<Snapshot, 'state' | 'progress'>): number | undefined =>
	state === 'reading' && total > 0 && done < total ? done / total : undefined;

/** `28 s left`; empty as long as it cannot be told. */
const timeLeft = (snapshot: Snapshot): string => {
	const {done, total, rate} = snapshot.progress;
	return rate !== undefined && rate > 0 && (shareRead(snapshot) ?? 0) >= leastShare
		? `${formatGap(((total - done) / rate) * 1000)} left`
		: '';
};

/** How far reading has come, from the fullest wording to the barest. */
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

/** How far behind live logs reading is, from the fullest wording to the barest. */
export const behindWords = ({bytes, rate}: Behind): readonly string[] => {
	const size = formatBytes(bytes);
	if (rate === undefined) {
		return [size];
	}
	const left = `${formatGap((bytes / rate) * 1000)} left`;
	return [`${size} · ${formatBytes(rate)}/s · ${left}`, `${size} · ${left}`, size];
};

/** The same as a bar over one row; empty where nothing is known of it. */
export const progressBar = (snapshot: Snapshot, columns: number, unicode: boolean): Line => {
	const share = shareRead(snapshot);
	return share === undefined ? [] : styledAs('chart', bar(share, columns, {unicode}));
};

/** How far reading has come, in words that fit. */
export const progressLine = (snapshot: Snapshot, columns: number): Line =>
	primary(progressWords(snapshot).find(({length}) => length <= columns) ?? '');

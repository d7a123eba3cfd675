import {formatChange, formatMoney, formatPoints} from '../../output/numbers.js';
import {type Line, styledAs} from '../text/line.js';

type Values = {readonly now: number | undefined; readonly before: number | undefined};

/** The arrow tells the direction, the colour only repeats whether that is good news. */
const change = ({now, before}: Values, format: (size: number) => string, goodUp: boolean): Line => {
	const text = formatChange(now, before, format);
	const rises = (now ?? 0) > (before ?? 0);
	return text === '' ? [] : styledAs(rises === goodUp ? 'status.good' : 'status.poor', text);
};

/** `▲ 2.1`, in percentage points. */
export const changeOfRate = (now: number | undefined, before: number | undefined): Line =>
	change({now, before}, formatPoints, true);

/** `▲ $11.40`, where more is better. */
export const changeOfSavings = (now: number | undefined, before: number | undefined): Line =>
	change({now, before}, formatMoney, true);

/** `▼ $3.10`, where less is better. */
export const changeOfLosses = (now: number | undefined, before: number | undefined): Line =>
	change({now, before}, formatMoney, false);

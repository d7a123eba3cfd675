import {formatChange, formatMoney, formatPoints} from '../../output/numbers.js';
import {type Line, styledAs} from '../text/line.js';

type Values = {readonly now: number | undefined; readonly before: number | undefined};

/** The arrow shows the direction; the colour repeats whether the change is for the better. */
const change = ({now, before}: Values, format: (size: number) => string, goodUp: boolean): Line => {
	const text = formatChange(now, before, format);
	const rises = (now ?? 0) > (before ?? 0);
	return text === '' ? [] : styledAs(rises === goodUp ? 'status.good' : 'status.poor', text);
};

/** `▲ 2.1`, in percentage points. */
export const changeOfRate = (now: number | undefined, before: number | undefined): Line =>
	change({now, before}, formatPoints, true);

/** `▲ $11.40`, for amounts of which more is better. */
export const changeOfSavings = (now: number | undefined, before: number | undefined): Line =>
	change({now, before}, formatMoney, true);

/** `▼ $3.10`, for amounts of which less is better. */
export const changeOfLosses = (now: number | undefined, before: number | undefined): Line =>
	change({now, before}, formatMoney, false);

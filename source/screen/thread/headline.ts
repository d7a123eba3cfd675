import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {formatGap, formatMoney} from '../../output/numbers.js';
import {logPlace} from '../../output/phrases.js';
import type {Request} from '../../request.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {modelsPhrase} from '../presentation/model-names.js';
import {threadName} from '../presentation/thread-names.js';
import {firstThatFits, keepWhatFits} from '../text/arrange.js';
import {fitted} from '../text/cut.js';
import {joined, type Line, muted, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import type {ThreadView} from './thread-view.js';

const gap = 2;
const leastPart = 8;
const always = Number.POSITIVE_INFINITY;

/** `5-minute cache`; empty if nothing was written to the cache. */
const lifetimes = ({group}: ThreadView): string => {
	const {cacheWrite5m, cacheWrite1h} = group.summary.tokens;
	if (cacheWrite1h > 0) {
		return cacheWrite5m > 0 ? '5-minute and 1-hour cache' : '1-hour cache';
	}
	return cacheWrite5m > 0 ? '5-minute cache' : '';
};

/** What the thread saved and lost, longest wording first. */
const money = ({group}: ThreadView): readonly Line[] => {
	const {netSavings} = group.summary.money;
	const net: Line =
		netSavings === undefined
			? []
			: [
					...muted('net '),
					...styledAs(
						netSavings < 0 ? 'status.poor' : 'status.good',
						`${netSavings < 0 ? '' : '+'}${formatMoney(netSavings)}`,
					),
				];
	const lost: Line =
		group.summary.basis === 'measured' && group.lostTokens > 0
			? [...muted('lost '), ...styledAs('status.poor', formatMoney(group.lostCost))]
			: [];
	const both = [...net, ...muted(' · '), ...lost];
	return net.length > 0 && lost.length > 0 ? [both, lost] : [[...net, ...lost]];
};

/** The maximum width of each part so that all fit: long parts get the room that short ones leave. */
const widest = (widths: readonly number[], room: number): number => {
	let left = room;
	for (const [index, width] of widths.toSorted((one, other) => one - other).entries()) {
		const each = Math.floor(left / (widths.length - index));
		if (width > each) {
			return Math.max(leastPart, each);
		}
		left -= width;
	}
	return room;
};

/**
 * One row of exactly `columns`: the full id, the project, the branch, and the selected request's host and log.
 * @param request of this thread
 */
export const identity = ({group}: ThreadView, request: Request, columns: number): Line => {
	const project = group.projects.at(-1);
	const {branch, source} = request;
	const parts = [
		group.name === undefined ? [] : primary(sanitize(group.name)),
		project === undefined ? [] : muted(sanitize(project)),
		branch === undefined ? [] : muted(`branch ${sanitize(branch)}`),
		source === group.name ? [] : muted(logPlace(request)),
	].filter(({length}) => length > 0);
	const room = columns - 2;
	const dotted = (lines: readonly Line[]): Line =>
		lines.flatMap((line, index) => (index === 0 ? line : [...muted(' · '), ...line]));
	const whole = dotted(parts);
	const most = widest(parts.map(widthOf), room - 3 * (parts.length - 1));
	const shortened = dotted(parts.map(part => part.map(({text, token}) => ({text: cutMiddle(text, most), token}))));
	return fitted([...space(1), ...(widthOf(whole) <= room ? whole : shortened)], columns);
};

/** One row of exactly `columns`: the thread's name, its requests and its money. */
export const headline = (view: ThreadView, report: Report, from: string, columns: number): Line => {
	const {group} = view;
	const requests = group.summary.requests;
	const crumb: Line = [...muted(`${from} ▸ `), ...strong(threadName(report, group.name))];
	const length = group.lastTime - group.firstTime;
	const facts = [
		{
			line: primary(group.models.length > 1 ? plural(group.models.length, 'model') : modelsPhrase(group.models)),
			keep: 2,
		},
		{line: primary(`${plural(requests, 'request')}${length > 0 ? ` in ${formatGap(length)}` : ''}`), keep: 3},
		{line: muted(lifetimes(view)), keep: 1},
	].filter(({line}) => widthOf(line) > 0);
	const room = columns - 2;
	const right = firstThatFits(money(view), room - widthOf(crumb) - 1);
	const kept = keepWhatFits(
		[{line: crumb, keep: always}, ...facts, {line: right, keep: always}],
		// The parts are separated by a dot, which takes one column more.
		room - facts.length,
		gap,
	);
	const told = facts.filter(part => kept.includes(part)).map(({line}) => line);
	const middle = told.flatMap((line, index) => (index === 0 ? line : [...muted(' · '), ...line]));
	const left = joined([crumb, middle], gap);
	const between = room - widthOf(left) - widthOf(right);
	return fitted([...space(1), ...left, ...(between >= 1 ? [...space(between), ...right] : []), ...space(1)], columns);
};

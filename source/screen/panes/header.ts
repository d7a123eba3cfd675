import {plural} from '../../metrics/number-words.js';
import {resolveView, type View} from '../../metrics/windows/window.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount} from '../../output/numbers.js';
import {columnsOf} from '../../text/columns-of.js';
import {cutMiddle} from '../../text/cut-middle.js';

import {sanitize} from '../../text/sanitize.js';
import {activityOf, activityWords} from '../presentation/activity-words.js';
import {filterWords} from '../presentation/filter-words.js';
import {behindWords, progressWords} from '../presentation/progress-words.js';
import {silenceWords} from '../presentation/silence.js';
import {briefSpan, endsNow, windowName, windowSpan} from '../presentation/window-words.js';
import {firstThatFits, keepWhatFits, type Part} from '../text/arrange.js';
import {cutText} from '../text/cut.js';
import {joined, type Line, muted, primary, space, strong, styledAs, widthOf} from '../text/line.js';

type HeaderOptions = {
	/** The sources, as the user named them. */
	readonly title: string;
	readonly columns: number;
	readonly timeZone: string;
	/** Requests that arrived since the screen was frozen; undefined while it is not frozen. */
	readonly waiting: number | undefined;
	/** The name of the page, if nothing else shows it. */
	readonly page?: string | undefined;
	/** The requested window while its numbers have not arrived yet. */
	readonly wanted?: View | undefined;
};

const leastTitle = 12;
const widestFilter = 24;
const gap = 2;
const always = Number.POSITIVE_INFINITY;

/** `0.4 req/s`. Low rates are given per minute, so that they are not rounded to 0. */
const rate = (perSecond: number): string =>
	perSecond >= 0.1
		? `${perSecond >= 100 ? formatCount(perSecond) : perSecond.toFixed(1)} req/s`
		: `${formatCount(perSecond * 60)} req/min`;

/** Longest wording first. */
const stateLines = (snapshot: Snapshot, waiting: number | undefined, timeZone: string): readonly Line[] => {
	if (waiting !== undefined) {
		const count = waiting > 0 ? ` · ${formatCount(waiting)} waiting` : '';
		return [styledAs('notice', ` ‖ paused${count} `), styledAs('notice', ' ‖ paused ')];
	}
	const reading = styledAs('status.fair', '● reading');
	if (snapshot.state === 'reading') {
		return [...progressWords(snapshot).map(words => [...reading, ...primary(` ${words}`)]), reading];
	}
	if (snapshot.behind) {
		const behind = styledAs('status.fair', '● behind');
		return [...behindWords(snapshot.behind).map(words => [...behind, ...primary(` ${words}`)]), behind];
	}
	if (snapshot.problems.some(({kind}) => kind === 'server-failed')) {
		return [styledAs('status.fair', '○ no full answer'), styledAs('status.fair', '○ no answer')];
	}
	const silent = silenceWords(snapshot.report.hostsSeen ?? []);
	if (silent.length > 0) {
		return silent.map(words => styledAs('status.fair', `○ ${words}`));
	}
	const activity = activityOf(snapshot);
	const words = activityWords(activity, snapshot.now, timeZone);
	return activity.kind === 'live'
		? words.map(word => styledAs('status.good', `● ${word}`))
		: words.map(word => styledAs('status.fair', `○ ${word}`));
};

/** The sources. If they would be cut to less than half, only the number of logs, and nothing without room for that. */
const subject = ({readings}: Snapshot, title: string, columns: number): string => {
	if (readings.length <= 1 || columnsOf(title) <= 2 * columns) {
		return cutMiddle(title, columns);
	}
	const count = `${formatCount(readings.length)} logs`;
	return columnsOf(count) <= columns ? count : '';
};

/** The filter, if one applies, then the sources. */
const named = (snapshot: Snapshot, title: string, columns: number): Line => {
	const filter = filterWords(snapshot.report.filter);
	if (filter === undefined) {
		return primary(subject(snapshot, title, columns));
	}
	const written = cutText(filter, Math.min(widestFilter, columns - gap));
	const room = columns - widthOf(primary(written)) - gap - gap;
	return [
		...styledAs('notice', ` ${written} `),
		...(room > 0 ? [...space(gap), ...primary(subject(snapshot, title, room))] : []),
	];
};

/** One row of exactly `columns`: the sources, the window and whether new requests arrive. */
export const header = (snapshot: Snapshot, {title, columns, timeZone, waiting, page, wanted}: HeaderOptions): Line => {
	const {report, problems, state, requestRate, now} = snapshot;
	const view = wanted ?? snapshot.view;
	const window = wanted ? resolveView(wanted, now, report.span) : report.window;
	const toNow = endsNow(view, window, now);
	const isLive =
		waiting === undefined &&
		state === 'live' &&
		!snapshot.behind &&
		!problems.some(({kind}) => kind === 'server-failed') &&
		activityOf(snapshot).kind === 'live';
	const name: Line = [
		...space(1),
		...styledAs('text.title', 'hitrate'),
		...(page === undefined ? [] : [...muted(' ▸ '), ...strong(page)]),
	];
	const room = columns - widthOf(name) - gap - gap - 1;
	const most = room - leastTitle;
	const states = stateLines(snapshot, waiting, timeZone);
	const barest = widthOf(states.at(-1) ?? []);
	const whole = muted(windowSpan(window, timeZone, now, waiting === undefined && toNow));
	const span =
		report.total === 0
			? []
			: firstThatFits(toNow ? [whole] : [whole, muted(briefSpan(window, timeZone, now))], most - barest - gap);
	// A window that ends in the past must say so, so the state is shortened before the dates are dropped.
	const needed = toNow || view.choice.kind === 'all' ? [] : span;
	const left = most - (needed.length > 0 ? widthOf(needed) + gap : 0);
	const doing = firstThatFits(states, Math.max(left, barest));
	const spanFits = widthOf(doing) + gap + widthOf(span) <= most;
	const parts: readonly Part[] = [
		{
			line: problems.length > 0 ? styledAs('status.fair', `! ${plural(problems.length, 'problem')}`) : [],
			keep: 3,
		},
		{line: wanted ? muted(`${windowName(window)} …`) : strong(windowName(window)), keep: 4},
		{
			line: spanFits ? span : [],
			keep: needed.length === 0 ? 1 : 5,
		},
		{line: doing, keep: always},
		{line: isLive ? muted(rate(requestRate)) : [], keep: 2},
	];
	const right = joined(
		keepWhatFits(parts, most, gap).map(({line}) => line),
		gap,
	);
	const titleColumns = room - widthOf(right);
	const start: Line = [...name, ...space(gap), ...named(snapshot, sanitize(title), titleColumns)];
	return [...start, ...space(columns - 1 - widthOf(start) - widthOf(right)), ...right, ...space(1)];
};

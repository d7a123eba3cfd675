import {idleTime} from '../../metrics/breaks/lifetime.js';
import {suspectsOf} from '../../metrics/breaks/suspects/suspicious.js';
import {eventText} from '../../output/evidence/phrases.js';
import {formatMoney, formatTokens} from '../../output/numbers.js';
import type {Request} from '../../request.js';
import {writtenTokens} from '../../request.js';
import {type BarLabel, barLabelRow} from '../charts/bar-labels.js';
import {axisColumns, type Bar, strip, topOf} from '../charts/strip.js';
import {breakName} from '../presentation/cause-words.js';
import {modelNames} from '../presentation/model-names.js';
import {shortGap} from '../presentation/row-time.js';
import {type Line, muted, padEnd, space, styledAs} from '../text/line.js';
import type {ThreadView} from './thread-view.js';

/** Columns per bar: the gap between requests takes up to four, and one is free. */
const leastPitch = 5;
const widestPitch = 12;
const widestBar = 5;
/** Minimum rows for the chart; with fewer it is left out. */
export const leastPlotRows = 4;

type ChartOptions = {
	readonly columns: number;
	readonly rows: number;
	/** Index of the selected request. */
	readonly selected: number;
	readonly unicode: boolean;
};

/** True if the log reports what happened before any of the breaks. */
const hasSuspects = (breaks: ThreadView['breaks']): boolean =>
	breaks.some(({request}) => suspectsOf(request).length > 0);

/** Rows below the bars: gaps, causes, costs, what happened before, and the models if they change. */
export const rowsBelow = ({group, breaks}: ThreadView): number =>
	1 + (group.breaks > 0 ? 2 : 0) + (hasSuspects(breaks) ? 1 : 0) + (group.models.length > 1 ? 1 : 0);

const barOf = ({usage}: Request, lost: number): Bar | undefined =>
	usage && {read: usage.cacheRead, written: writtenTokens(usage), uncached: usage.uncached, lost};

/** As many requests as fit: the latest, unless an earlier one is selected. */
const shownPart = ({requests}: ThreadView, {columns, selected}: ChartOptions) => {
	const room = Math.max(leastPitch, columns - axisColumns);
	const count = Math.min(requests.length, Math.floor(room / leastPitch));
	const first = Math.min(requests.length - count, Math.max(0, selected - Math.floor(count / 2)));
	const pitch = Math.max(leastPitch, Math.min(widestPitch, Math.floor(room / Math.max(1, count))));
	return {first, shown: requests.slice(first, first + count), pitch, room};
};

const gapRow = (
	{requests, lostBy}: ThreadView,
	first: number,
	shown: readonly Request[],
	pitch: number,
	selected: number,
): Line =>
	shown.flatMap((request, index) => {
		const before = requests[first + index - 1];
		// For a break, the time since the request that should have been continued, which need not be the one before.
		const gap = before ? shortGap(lostBy(request)?.gap ?? idleTime(request, before)) : 'start';
		const isSelected = first + index === selected;
		return isSelected
			? padEnd(styledAs('selected', `▸${gap}`), pitch)
			: padEnd([...space(1), ...muted(before ? gap : '')], pitch);
	});

const breakLabels = (
	view: ThreadView,
	shown: readonly Request[],
	wording: (found: NonNullable<ReturnType<ThreadView['lostBy']>>) => Pick<BarLabel, 'texts' | 'mirrored' | 'token'>,
): readonly BarLabel[] =>
	shown.flatMap((request, bar) => {
		const found = view.lostBy(request);
		return found ? [{bar, ...wording(found)}] : [];
	});

/** Labels where the model changes. */
const modelLabels = ({group}: ThreadView, shown: readonly Request[]): readonly BarLabel[] =>
	shown.flatMap(({model}, bar) => {
		const before = shown[bar - 1];
		const name = modelNames(group.models)(model);
		return before === undefined || before.model !== model
			? [
					{
						bar,
						texts: [`▸ ${name}`, `▸ ${name.replace(/^claude-/, '')}`, '▸'],
						mirrored: `${name} ◂`,
						token: 'text.strong' as const,
					},
				]
			: [];
	});

/** The prompts of a thread's requests as bars, with the gaps between them and the losses: exactly `rows` lines. */
export const threadChart = (view: ThreadView, options: ChartOptions): readonly Line[] => {
	const {rows, selected, unicode} = options;
	const {first, shown, pitch, room} = shownPart(view, options);
	const plot = strip({
		bars: shown.map(request => barOf(request, view.lostBy(request)?.lostTokens ?? 0)),
		rows: rows - rowsBelow(view),
		top: topOf(view.requests.map(request => barOf(request, 0))),
		pitch,
		barColumns: Math.min(widestBar, pitch - 2),
		unicode,
	});
	const labelled = (label: string, line: Line): Line => [...muted(`${label.padStart(axisColumns - 2)}  `), ...line];
	const lost = view.group.breaks > 0;
	const causes = breakLabels(view, shown, found => ({
		texts: [`✕ ${breakName(found)}`, '✕'],
		mirrored: `${breakName(found)} ✕`,
		token: 'status.poor',
	}));
	const costs = breakLabels(view, shown, found => {
		const cost = formatMoney(found.lostCost);
		const both = `${formatTokens(found.lostTokens)}, ${cost}`;
		return {texts: [both, cost], mirrored: both, token: 'text.primary'};
	});
	const suspects = breakLabels(view, shown, ({request}) => {
		const [first, ...others] = suspectsOf(request).map(eventText);
		const more = others.length > 0 ? ` +${others.length}` : '';
		const whole = first === undefined ? '' : `${first}${more}`;
		return {texts: [whole, first ?? ''], mirrored: whole, token: 'status.fair'};
	});
	return [
		...plot,
		labelled('gap', gapRow(view, first, shown, pitch, selected)),
		...(lost
			? [labelled('lost', barLabelRow(causes, pitch, room)), labelled('', barLabelRow(costs, pitch, room))]
			: []),
		...(hasSuspects(view.breaks) ? [labelled('before', barLabelRow(suspects, pitch, room))] : []),
		...(view.group.models.length > 1 ? [labelled('model', barLabelRow(modelLabels(view, shown), pitch, room))] : []),
	];
};

import type {Report} from '../../metrics/report.js';
import {plural} from '../../metrics/words.js';
import type {Snapshot} from '../../monitor/monitor.js';
import {bar} from '../../output/bars.js';
import {formatCount, formatMoney, formatPercent, formatPoints, formatTokens} from '../../output/numbers.js';
import {costPieces} from '../../output/rows/cost-line.js';
import type {SourceProblem} from '../../sources/source.js';
import {sanitize} from '../../text/sanitize.js';
import {changeOfLosses, changeOfRate, changeOfSavings} from '../presentation/change.js';
import {statusToken} from '../presentation/status-token.js';
import {flow} from '../text/flow.js';
import {joined, type Line, muted, padEnd, padStart, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import {nothing, type Pane} from './pane.js';

/** A number and what it is, from the fullest wording to the barest. */
type Figure = {
	readonly value: Line;
	readonly words: readonly Line[];
	/** The barest words in parts, each of which stays whole where they take several rows; undefined: between any two. */
	readonly parts?: readonly Line[];
};

const gap = 4;
/** Of what was planned, so many percentage points never read are worth a colour. */
const remarkable = 0.05;
/** Sums of many tokens are not exact to the last one. */
const rounding = 1e-9;

const hitRate = ({summary, previous}: Report): Figure => {
	const token = statusToken(summary.status);
	const planned = summary.basis === 'planned' ? 'planned ' : '';
	const change =
		summary.basis === previous?.summary.basis ? changeOfRate(summary.hitRate, previous?.summary.hitRate) : [];
	const status = summary.status === undefined ? [] : styledAs(token, summary.status);
	const named: Line = joined([muted(`${planned}hit rate${summary.status ? ',' : ''}`), status]);
	return {
		value: styledAs(token, formatPercent(summary.hitRate)),
		words: [joined([named, change], 1), named, muted(`${planned}hit rate`), muted(`${planned}hit`)],
	};
};

const saved = ({summary, previous}: Report): Figure => {
	const {netSavings, savingsRate} = summary.money;
	const isLoss = netSavings !== undefined && netSavings < 0;
	const token = isLoss ? 'status.poor' : 'status.good';
	if (netSavings === undefined) {
		const why = summary.basis === 'planned' ? 'the log has no tokens' : 'no known price';
		return {value: muted('n/a'), words: [muted(`saved: ${why}`), muted(`saved: ${why}`), muted('saved')]};
	}
	const change =
		summary.basis === previous?.summary.basis ? changeOfSavings(netSavings, previous?.summary.money.netSavings) : [];
	const rate = savingsRate === undefined ? '' : `, ${formatPercent(Math.abs(savingsRate))}`;
	const words = isLoss ? `more than without a cache${rate}` : `saved net${rate}`;
	return {
		value: styledAs(token, formatMoney(Math.abs(netSavings))),
		words: [
			joined([muted(words), change], 1),
			muted(words),
			muted(isLoss ? 'more than without' : 'saved net'),
			muted(isLoss ? 'more' : 'saved'),
		],
	};
};

/** Losses in tokens or money; nothing where the log has only plan lines, which do not tell them. */
const lost = ({summary, breaks, previous}: Report): readonly Figure[] => {
	if (summary.basis !== 'measured') {
		return [];
	}
	const {count} = breaks;
	const words = count === 0 ? 'lost, no breaks' : `lost in ${plural(count, 'break')}`;
	const change = previous ? changeOfLosses(breaks.lostCost ?? 0, previous.breaks.lostCost ?? 0) : [];
	return [
		{
			value: styledAs(count === 0 ? 'status.good' : 'status.poor', formatMoney(count === 0 ? 0 : breaks.lostCost)),
			words: [joined([muted(words), change], 1), muted(words), muted('lost')],
		},
	];
};

const tokenHitRate = ({summary}: Report): Figure => ({
	value: strong(formatPercent(summary.tokenHitRate)),
	words:
		summary.tokenHitRate === undefined
			? [muted('token hit rate: no usage in the log'), muted('token hit rate')]
			: [
					muted(`token hit rate of ${formatTokens(summary.tokens.input)} input`),
					muted('token hit rate'),
					muted('of tokens'),
				],
});

/** `$5.61 paid = first writes 2.25 + growth 0.60 + reads 2.08 + lost 0.68`. */
const paid = (report: Report): readonly Figure[] => {
	const pieces = costPieces(report);
	const sumOf = (names: readonly string[]): Line => [
		...muted('paid = '),
		...pieces.flatMap(({amount}, index) => [
			...(index === 0 ? [] : muted(' + ')),
			...muted(`${names[index]} `),
			...primary(amount),
		]),
	];
	const names = pieces.map(({name}) => name);
	// Beside what the breaks lost, the other sum must not bear its name.
	const briefNames = names.map(name => name.replace(/^lost, .*/, 'all lost'));
	return pieces.length === 0
		? []
		: [
				{
					value: strong(formatMoney(report.summary.money.withCache)),
					words: [sumOf(names), sumOf(briefNames)],
					parts: pieces.map(({amount}, index) => [
						...muted(`${index === 0 ? 'paid =' : '+'} ${briefNames[index]} `),
						...primary(amount),
					]),
				},
			];
};

const wordsOf = ({words}: Figure, level: number): Line => words[Math.min(level, words.length - 1)] ?? [];

const grid = (rows: readonly (readonly Figure[])[], level: number): readonly Line[] => {
	const count = Math.max(...rows.map(({length}) => length));
	const widths = Array.from({length: count}, (_, column) => {
		const cells = rows.flatMap(row => row[column] ?? []);
		return {
			value: Math.max(0, ...cells.map(({value}) => widthOf(value))),
			// What stands last in its row may be as long as it likes.
			words: Math.max(
				0,
				...rows.flatMap(row => {
					const figure = column < row.length - 1 ? row[column] : undefined;
					return figure ? widthOf(wordsOf(figure, level)) : [];
				}),
			),
		};
	});
	return rows.map(row =>
		row.flatMap((figure, column) => {
			const {value = 0, words = 0} = widths[column] ?? {};
			const text = wordsOf(figure, level);
			const between = level >= 2 ? 2 : gap;
			return [
				...(column === 0 ? [] : space(between)),
				...padStart(figure.value, value),
				...space(level >= 2 ? 1 : 2),
				...(column < row.length - 1 ? padEnd(text, words) : text),
			];
		}),
	);
};

const plain = (figures: readonly Figure[], level: number): Line =>
	joined(
		figures.map(figure => [...figure.value, ...space(1), ...wordsOf(figure, level)]),
		level < 2 ? gap : 2,
	);

const barest = 3;

/** Parts with a dot or `between` between them, in as many rows as they need. */
const inRows = (parts: readonly Line[], columns: number, between: Line = muted(' · ')): readonly Line[] => {
	const rows: Line[] = [];
	for (const part of parts.filter(({length}) => length > 0)) {
		const last = rows.at(-1);
		const longer: Line = last ? [...last, ...between, ...part] : part;
		if (last && widthOf(longer) <= columns) {
			rows[rows.length - 1] = longer;
		} else {
			rows.push(...(widthOf(part) <= columns ? [part] : flow(part, columns)));
		}
	}
	return rows;
};

/** A figure that is longer than a row. */
const figureRows = (figure: Figure, columns: number): readonly Line[] => {
	const [first = [], ...more] = figure.parts ?? [];
	return figure.parts
		? inRows([[...figure.value, ...space(1), ...first], ...more], columns, space(1))
		: flow(plain([figure], barest), columns);
};

type Head = {readonly lines: readonly Line[]; readonly hasTokenRate: boolean};

/** The three numbers, and where the money went: under each other where there is room, else in fewer words. */
const headLines = (report: Report, columns: number): Head => {
	const first = [hitRate(report), saved(report), ...lost(report)];
	const money = paid(report);
	const second = [tokenHitRate(report), ...money];
	for (const level of [0, 1]) {
		const lines = grid([first, second], level);
		if (lines.every(line => widthOf(line) <= columns)) {
			return {lines, hasTokenRate: true};
		}
	}
	const levels = Array.from({length: barest + 1}, (_, level) => level);
	const answer =
		levels.map(level => plain(first, level)).find(line => widthOf(line) <= columns) ?? plain(first, barest);
	const rest = (money.length > 0 ? money : second).flatMap(figure => {
		const whole = levels.map(level => plain([figure], level)).find(line => widthOf(line) <= columns);
		return whole ? [whole] : figureRows(figure, columns);
	});
	return {lines: [answer, ...rest], hasTokenRate: money.length === 0};
};

/** Kinds of problems that leave requests out of the numbers. */
const keptFromReading: ReadonlySet<SourceProblem['kind']> = new Set([
	'missing',
	'unreadable',
	'lost-in-truncation',
	'command-failed',
	'server-failed',
]);

/** What keeps the numbers from being exact, which is never left out while there is a row for it. */
const caveats = ({report: {summary}, problems}: Snapshot, isBrief = false): readonly string[] => {
	const {coverage, assumedPrices} = summary.money;
	return [
		...(summary.basis === 'planned' ? ['planned: what would be cached, not what was'] : []),
		...(problems.some(({kind}) => keptFromReading.has(kind)) ? ['not all could be read: press !'] : []),
		...(summary.unmeasured > 0
			? [
					isBrief
						? `${formatCount(summary.unmeasured)} unmeasured, in no rate`
						: `${plural(summary.unmeasured, 'request')} unmeasured: cache unknown, in no rate`,
				]
			: []),
		...(summary.estimated > 0
			? [
					isBrief
						? `${formatCount(summary.estimated)} estimated`
						: `usage of ${plural(summary.estimated, 'request')} guessed or partial`,
				]
			: []),
		...(coverage === undefined || coverage >= 1 - rounding
			? []
			: [`no price for ${formatPercent(Math.max(0.001, 1 - coverage))} of input`]),
		...(assumedPrices === undefined ? [] : [sanitize(assumedPrices)]),
	];
};

const plannedPart = ({summary}: Report): Line => {
	const {hitRate: rate} = summary.planned;
	if (summary.basis !== 'measured' || rate === undefined) {
		return [];
	}
	const unread = rate - (summary.hitRate ?? rate);
	return [
		...muted('planned '),
		...primary(formatPercent(rate)),
		...(unread >= remarkable
			? styledAs('status.fair', ` ⚑ ${formatPoints(unread)} points never read`)
			: muted(' marked for caching')),
	];
};

/** What stands behind the three numbers. */
const details = (report: Report): readonly Line[] => {
	const {summary} = report;
	const {withoutCache, writePremium} = summary.money;
	return [
		[
			...primary(formatCount(summary.requests)),
			...muted(summary.requests === 1 ? ' request: ' : ' requests: '),
			...primary(`${plural(summary.hits, 'hit')}, ${plural(summary.misses, 'miss', 'misses')}`),
		],
		plannedPart(report),
		withoutCache === undefined ? [] : [...primary(formatMoney(withoutCache)), ...muted(' without a cache')],
		writePremium ? [...muted('write premium '), ...primary(formatMoney(writePremium))] : [],
		summary.tokensSaved === undefined
			? []
			: [
					...primary(formatTokens(summary.tokensSaved)),
					...muted(summary.basis === 'planned' ? ' tokens saved' : ' tokens read'),
					...(summary.tokensPerHit === undefined ? [] : muted(`, ${formatTokens(summary.tokensPerHit)} per hit`)),
				],
	];
};

/** The bar on its track, so that the full length is seen as well. */
const barOf = ({summary}: Report, columns: number, unicode: boolean): Line => {
	const filled = bar(summary.hitRate, columns, {unicode});
	return [
		...styledAs(statusToken(summary.status), filled),
		...styledAs('frame', (unicode ? '░' : '.').repeat(columns - filled.length)),
	];
};

/** In fewer words where they would take more than a row. */
const caveatRows = (snapshot: Snapshot, columns: number): readonly Line[] => {
	const rows = (isBrief: boolean) =>
		inRows(
			caveats(snapshot, isBrief).map(text => styledAs('status.fair', text)),
			columns,
		);
	const whole = rows(false);
	return whole.length > 1 ? rows(true) : whole;
};

const detailRows = (report: Report, columns: number): readonly Line[] => {
	const rate: Line = [...primary(formatPercent(report.summary.tokenHitRate)), ...muted(' token hit rate')];
	return inRows([...(headLines(report, columns).hasTokenRate ? [] : [rate]), ...details(report)], columns);
};

const linesOf = (snapshot: Snapshot, columns: number): readonly Line[] => {
	const {report} = snapshot;
	return [...headLines(report, columns).lines, ...caveatRows(snapshot, columns), ...detailRows(report, columns)];
};

/** The numbers, what limits them, and the first row of what stands behind them. */
const mostRows = (snapshot: Snapshot, columns: number): number => {
	const certain = linesOf(snapshot, columns).length - detailRows(snapshot.report, columns).length;
	return certain + Math.min(1, detailRows(snapshot.report, columns).length);
};

/** The hit rate, what was saved and what was lost, before all else; then where the money went. */
export const answer: Pane = {
	title: () => ({title: ''}),
	need: (snapshot, {columns}) =>
		snapshot.report.summary.basis === undefined
			? nothing
			: {
					least: headLines(snapshot.report, columns).lines.length + (caveats(snapshot).length > 0 ? 1 : 0),
					most: mostRows(snapshot, columns),
					// The rest of the details, and the bar.
					extra: linesOf(snapshot, columns).length + 1 - mostRows(snapshot, columns),
				},
	draw: (snapshot, {columns, rows, unicode}) => {
		const lines = linesOf(snapshot, columns);
		return rows > lines.length ? [...lines, barOf(snapshot.report, columns, unicode)] : lines.slice(0, rows);
	},
};

import type {WarmChain} from '../../metrics/breaks/warm.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount, formatMoney, formatTokens, moneyColumn} from '../../output/numbers.js';
import {columnsOf} from '../../text/columns-of.js';
import {sanitize} from '../../text/sanitize.js';
import {projectName} from '../presentation/project-names.js';
import {threadName} from '../presentation/thread-names.js';
import {timeLeft} from '../presentation/warm-words.js';
import {atEdges} from '../text/arrange.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, padStart, primary, space, strong, styledAs, widthOf} from '../text/line.js';
import {nothing, type Pane} from './pane.js';

/** Minimum columns for a chain's name, time and price in one row; below that it takes two rows. */
const leastForOneRow = 40;
/** A chain that expires within this many milliseconds is highlighted. */
const soon = 120_000;
const gap = 1;

const nameOf = ({report}: Snapshot, {lane, thread}: WarmChain): string =>
	[
		lane.project === undefined ? undefined : projectName(report, lane.project),
		threadName(report, thread),
		lane.agent === undefined || lane.agent === 'main' ? undefined : sanitize(lane.agent),
	]
		.filter(name => name !== undefined)
		.join(' ');

/**
 * What a late request costs, or that the chain is about to expire.
 * @param amount the cost, formatted for its column
 */
const late = ({stake, expiring}: WarmChain, amount: string): Line =>
	stake === undefined ? muted(`late ${formatTokens(expiring)} tokens`) : [...muted('late '), ...strong(amount)];

type Column = {readonly amount: string; readonly timeColumns: number; readonly columns: number};

const chainLines = (snapshot: Snapshot, chain: WarmChain, {amount, timeColumns, columns}: Column): readonly Line[] => {
	const isSoon = chain.expires - snapshot.now < soon;
	const left = styledAs(isSoon ? 'status.fair' : 'status.good', timeLeft(chain, snapshot));
	const price = late(chain, amount);
	const right = columns >= leastForOneRow ? [...price, ...space(2), ...padStart(left, timeColumns)] : left;
	const name = primary(cutText(nameOf(snapshot, chain), Math.max(1, columns - widthOf(right) - gap)));
	const first = atEdges(name, right, columns);
	return columns >= leastForOneRow ? [first] : [first, atEdges([], price, columns)];
};

const rowsOfChain = (columns: number): number => (columns >= leastForOneRow ? 1 : 2);

/** The chains that are in the cache now, first to expire on top: how long they live and what a late request costs. */
export const warm: Pane = {
	title: ({report}) => ({title: 'Warm now', aside: formatCount(report.warm.count)}),
	need: ({report: {warm: found}}, {columns}) =>
		found.count === 0 ? nothing : {least: rowsOfChain(columns), most: found.chains.length * rowsOfChain(columns)},
	draw: (snapshot, {columns, rows}) => {
		const {count, chains, atStake} = snapshot.report.warm;
		const each = rowsOfChain(columns);
		const fit = Math.floor(rows / each);
		const shown = count > fit && fit > 1 && rows % each === 0 ? fit - 1 : fit;
		const listed = chains.slice(0, shown);
		const amounts = moneyColumn(listed.map(({stake}) => stake));
		const timeColumns = Math.max(0, ...listed.map(chain => columnsOf(timeLeft(chain, snapshot))));
		const lines = listed.flatMap((chain, index) =>
			chainLines(snapshot, chain, {amount: amounts[index] ?? '', timeColumns, columns}),
		);
		const left = count - Math.min(shown, chains.length);
		return left > 0 && lines.length < rows
			? [
					...lines,
					atEdges(
						muted(`${formatCount(left)} more`),
						atStake === undefined ? [] : muted(`in all ${formatMoney(atStake)}`),
						columns,
					),
				]
			: lines;
	},
};

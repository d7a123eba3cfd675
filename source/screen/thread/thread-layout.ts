import type {Frame} from '../dashboard/layout.js';

/** Rows of each part of a thread's page, frames included; 0 leaves a part out. */
type ThreadLayout = {
	readonly frame: Frame;
	/** The row with the thread's full id. */
	readonly identity: number;
	readonly sentence: number;
	readonly whatIf: number;
	/** What happened at the selected request, and what to do. */
	readonly explanation: number;
	readonly chart: number;
	readonly table: number;
};

type ThreadNeeds = {
	/** Rows of the summary sentence: the minimum, and in full. */
	readonly sentence: number;
	readonly hasWhatIf: boolean;
	readonly explains: boolean;
	/** Rows of the chart without its frame; 0 if there is nothing to draw. */
	readonly leastChart: number;
	/** Rows of the table without frame and headings. */
	readonly requests: number;
};

const leastForBoxes = {columns: 100, rows: 30} as const;
/** Below this many columns, the advice needs two rows. */
const narrow = 115;
const leastTableRows = 3;
/** Rows of the chart beyond the minimum: `comfortable` before the table grows, and `most` if the table is short. */
const moreChart = {comfortable: 4, most: 14} as const;

const headlineRows = 1;

/** Distributes the rows below the header: first the text, then the chart, then as much of the table as fits. */
export const planThread = (columns: number, rows: number, needs: ThreadNeeds): ThreadLayout => {
	const isBoxed = columns >= leastForBoxes.columns && rows >= leastForBoxes.rows;
	const frame: Frame = isBoxed ? 'box' : 'rule';
	const border = isBoxed ? 2 : 1;
	let left = rows - headlineRows;
	const take = (wanted: number): number => {
		const taken = wanted <= left ? wanted : 0;
		left -= taken;
		return taken;
	};
	// The headings take a row of the table.
	const leastTable = border + 1 + Math.min(leastTableRows, needs.requests);
	const table = Math.min(left, leastTable);
	left -= table;
	const sentence = take(needs.sentence);
	const chart = needs.leastChart > 0 ? take(needs.leastChart + border) : 0;
	const explanation = needs.explains ? (columns < narrow && take(3)) || take(2) || take(1) : 0;
	const whatIf = needs.hasWhatIf ? take(1) : 0;
	const identity = take(1);
	const grow = (most: number): number => {
		const more = Math.max(0, Math.min(most, left));
		left -= more;
		return more;
	};
	const hidden = needs.requests - leastTableRows;
	const bars = chart > 0 ? Math.min(moreChart.comfortable, Math.floor(left / 3)) : 0;
	const wider = grow(bars);
	const longer = grow(hidden);
	const rest = chart > 0 ? grow(moreChart.most - wider) : 0;
	return {
		frame,
		identity,
		sentence,
		whatIf,
		explanation,
		chart: chart === 0 ? 0 : chart + wider + rest,
		table: table + longer,
	};
};

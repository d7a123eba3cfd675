/** Where each pane goes: a pure function of the terminal's size and of how many rows each pane needs. */

/** Names of the dashboard's panes. */
export type PaneName = 'answer' | 'trend' | 'warm' | 'blocks' | 'causes' | 'recommendations';

/** How many rows of content a pane needs, without its frame. */
export type Need = {
	/** With fewer rows the pane is left out; 0 if it has nothing to show. */
	readonly least: number;
	/** More rows would stay empty; infinite for charts, which grow with the screen. */
	readonly most: number;
	/** Further rows that the pane gets only after every other pane has `most`. */
	readonly extra?: number;
};

/** The width that a pane has for its content. */
export type Room = {
	readonly columns: number;
	/** True on a page with few rows, where the pane has the whole width and two facts may share a row. */
	readonly dense: boolean;
};

/** What each pane needs, given its width. */
export type Needs = Readonly<Record<PaneName, (room: Room) => Need>>;

/** How a pane is framed: a box takes two rows, a rule with the title one row, and a pane without a title none. */
export type Frame = 'box' | 'rule' | 'none';

/** The rectangle of a pane, frame included; the upper left corner of the screen is 0, 0. */
export type Place = {
	readonly pane: PaneName;
	readonly frame: Frame;
	readonly column: number;
	readonly row: number;
	readonly columns: number;
	readonly rows: number;
};

/** The places of the panes between header and footer, or that the terminal is too small. */
type Plan =
	| {readonly kind: 'too-small'}
	| {readonly kind: 'page'; readonly dense: boolean; readonly places: readonly Place[]};

/** Minimum columns; a smaller terminal shows only that it is too small. */
export const leastColumns = 40;
/** Minimum rows; a smaller terminal shows only that it is too small. */
export const leastRows = 10;
const leastForTwoColumns = 100;
/** Share of the width for the blocks next to the causes. */
const blockShare = 0.44;
/** Minimum width of the "Warm now" pane, frame included. */
const leastWarm = 26;
/** Rows up to which the trend grows before the recommendations do; beyond that it gets what they leave. */
const comfortableTrend = 8;

const frameColumns: Readonly<Record<Frame, number>> = {box: 4, rule: 2, none: 2};
const frameRows: Readonly<Record<Frame, number>> = {box: 2, rule: 1, none: 0};

/** Columns left for the content of a pane. */
export const contentColumns = ({columns, frame}: Pick<Place, 'columns' | 'frame'>): number =>
	columns - frameColumns[frame];
/** Rows left for the content of a pane. */
export const contentRows = ({rows, frame}: Pick<Place, 'rows' | 'frame'>): number => rows - frameRows[frame];

type Cell = {readonly pane: PaneName; readonly column: number; readonly columns: number};
/** Panes next to each other. */
type Band = {readonly cells: readonly Cell[]; readonly need: Need; readonly frame: Frame};

const inTwoColumns: readonly (readonly PaneName[])[] = [
	['answer'],
	['trend', 'warm'],
	['blocks', 'causes'],
	['recommendations'],
];
const stacked: readonly (readonly PaneName[])[] = [['answer'], ['trend'], ['blocks'], ['causes'], ['recommendations']];
/** Order in which panes get a place when there is not enough room for all. */
const importance: readonly PaneName[] = ['answer', 'blocks', 'recommendations', 'causes', 'trend', 'warm'];

const frameOf = (pane: PaneName, frame: Frame): Frame => (pane === 'answer' ? 'none' : frame);

const byImportance = (bands: readonly Band[]): readonly Band[] => {
	const rank = ({cells}: Band) => Math.min(...cells.map(({pane}) => importance.indexOf(pane)));
	return [...bands].sort((one, other) => rank(one) - rank(other));
};

const bandsOf = (columns: number, needs: Needs, frame: Frame): readonly Band[] => {
	const dense = columns < leastForTwoColumns;
	const needIn = (pane: PaneName, width: number) =>
		needs[pane]({columns: width - frameColumns[frameOf(pane, frame)], dense});
	return (dense ? stacked : inTwoColumns)
		.map(names => names.filter(pane => needIn(pane, columns).least > 0))
		.filter(names => names.length > 0)
		.map(names => {
			// "Warm now" needs little room next to a chart. Causes name threads, so they need more room than blocks.
			const edge = (index: number): number => {
				const second = index === 1 ? names[1] : undefined;
				if (second === 'warm') {
					return columns - Math.max(leastWarm, Math.floor(columns / 4));
				}
				return second === 'causes' ? Math.floor(columns * blockShare) : Math.floor((columns * index) / names.length);
			};
			const cells = names.map((pane, index) => {
				const column = edge(index);
				return {pane, column, columns: edge(index + 1) - column};
			});
			const [first] = names;
			const all = cells.map(cell => needIn(cell.pane, cell.columns));
			return {
				cells,
				frame: first === undefined ? frame : frameOf(first, frame),
				need: {
					least: Math.max(...all.map(({least}) => least)),
					most: Math.max(...all.map(({most}) => most)),
					extra: Math.max(...all.map(({extra = 0}) => extra)),
				},
			};
		});
};

/** Rows of content for each band that fits, most important first. */
const allot = (bands: readonly Band[], rows: number): ReadonlyMap<Band, number> => {
	const allotted = new Map<Band, number>();
	let left = rows;
	for (const band of byImportance(bands)) {
		const least = band.need.least + frameRows[band.frame];
		if (least > left) {
			// A less important pane never takes the room of a more important one.
			break;
		}
		allotted.set(band, band.need.least);
		left -= least;
	}
	const growTo = (band: Band, most: number) => {
		const has = allotted.get(band);
		if (has !== undefined) {
			const more = Math.max(0, Math.min(most - has, left));
			allotted.set(band, has + more);
			left -= more;
		}
	};
	const growing = bands.filter(({need}) => need.most === Number.POSITIVE_INFINITY);
	const last = bands.filter(({cells}) => cells.some(({pane}) => pane === 'recommendations'));
	for (const band of byImportance(bands).filter(
		candidate => !growing.includes(candidate) && !last.includes(candidate),
	)) {
		growTo(band, band.need.most);
	}
	for (const band of growing) {
		growTo(band, comfortableTrend);
	}
	for (const band of last) {
		growTo(band, band.need.most);
	}
	for (const band of bands) {
		growTo(band, band.need.most + (band.need.extra ?? 0));
	}
	return allotted;
};

/** True if every band has a place. */
const isWhole = (bands: readonly Band[], rows: number): boolean =>
	bands.reduce((sum, {need, frame}) => sum + need.least + frameRows[frame], 0) <= rows;

/** Places all panes on a page of this size. If they do not all fit, the most important ones stay. */
export const planPage = ({
	columns,
	rows,
	needs,
}: {
	readonly columns: number;
	readonly rows: number;
	readonly needs: Needs;
}): Plan => {
	if (columns < leastColumns || rows < leastRows) {
		return {kind: 'too-small'};
	}
	const body = rows - 2;
	const boxed = columns >= leastForTwoColumns && isWhole(bandsOf(columns, needs, 'box'), body);
	const frame = boxed ? 'box' : 'rule';
	const bands = bandsOf(columns, needs, frame);
	const allotted = allot(bands, body);
	let row = 1;
	const places = bands.flatMap(band => {
		const content = allotted.get(band);
		if (content === undefined) {
			return [];
		}
		const rowsOfBand = content + frameRows[band.frame];
		const top = row;
		row += rowsOfBand;
		return band.cells.map(cell => ({...cell, frame: band.frame, row: top, rows: rowsOfBand}) satisfies Place);
	});
	return {kind: 'page', dense: columns < leastForTwoColumns, places};
};

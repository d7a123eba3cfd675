/** Which panes stand where: a pure function of the terminal's size and of how much each pane has to say. */

/** A pane of the dashboard by its name. */
export type PaneName = 'answer' | 'trend' | 'warm' | 'blocks' | 'causes' | 'recommendations';

/** Rows of content, without the frame. */
export type Need = {
	/** Fewer are not worth a pane; 0 where there is nothing to show. */
	readonly least: number;
	/** More would stay empty; infinite for what grows with the screen. */
	readonly most: number;
	/** Rows that the pane gets only where every other pane has all it needs. */
	readonly extra?: number;
};

/** How much width a pane has for its content. */
export type Room = {
	readonly columns: number;
	/** True on a page with few rows, whose whole width the pane has: two facts may share a row. */
	readonly dense: boolean;
};

/** What each pane needs in the width it gets. */
export type Needs = Readonly<Record<PaneName, (room: Room) => Need>>;

/** How a pane is framed: a box takes two rows, a rule with the title in it one; a pane without a title has none. */
export type Frame = 'box' | 'rule' | 'none';

/** Where a pane stands, frame included; the upper left corner is 0, 0. */
export type Place = {
	readonly pane: PaneName;
	readonly frame: Frame;
	readonly column: number;
	readonly row: number;
	readonly columns: number;
	readonly rows: number;
};

/** Panes between a header in the first row and a footer in the last one; or that there is no room for them. */
type Plan =
	| {readonly kind: 'too-small'}
	| {readonly kind: 'page'; readonly dense: boolean; readonly places: readonly Place[]};

/** A terminal with fewer columns shows only that it is too small. */
export const leastColumns = 40;
/** The same of rows. */
export const leastRows = 10;
const leastForTwoColumns = 100;
/** Of the width, for the blocks beside the causes. */
const blockShare = 0.44;
/** Width of the pane of what is warm, frame included. */
const leastWarm = 26;
/** Up to here the trend grows before the recommendations do; beyond, it takes what they leave. */
const comfortableTrend = 8;

const frameColumns: Readonly<Record<Frame, number>> = {box: 4, rule: 2, none: 2};
const frameRows: Readonly<Record<Frame, number>> = {box: 2, rule: 1, none: 0};

/** Columns that are left for content. */
export const contentColumns = ({columns, frame}: Pick<Place, 'columns' | 'frame'>): number =>
	columns - frameColumns[frame];
/** Rows that are left for content. */
export const contentRows = ({rows, frame}: Pick<Place, 'rows' | 'frame'>): number => rows - frameRows[frame];

type Cell = {readonly pane: PaneName; readonly column: number; readonly columns: number};
/** Panes side by side. */
type Band = {readonly cells: readonly Cell[]; readonly need: Need; readonly frame: Frame};

const inTwoColumns: readonly (readonly PaneName[])[] = [
	['answer'],
	['trend', 'warm'],
	['blocks', 'causes'],
	['recommendations'],
];
const stacked: readonly (readonly PaneName[])[] = [['answer'], ['trend'], ['blocks'], ['causes'], ['recommendations']];
/** Who gets a place first when there is not enough for all. */
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
			// What is warm needs little beside a chart; causes name their threads, which blocks do not have.
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

/** Rows of content for as many bands as there is room for, the most important first. */
const allot = (bands: readonly Band[], rows: number): ReadonlyMap<Band, number> => {
	const allotted = new Map<Band, number>();
	let left = rows;
	for (const band of byImportance(bands)) {
		const least = band.need.least + frameRows[band.frame];
		if (least > left) {
			// What is less important does not take the place of what is more so.
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

/** Whether every band has its place. */
const isWhole = (bands: readonly Band[], rows: number): boolean =>
	bands.reduce((sum, {need, frame}) => sum + need.least + frameRows[frame], 0) <= rows;

/** Where the panes stand on a page of this size: the most important first where there is not room for all. */
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

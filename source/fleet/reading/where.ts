import type {Filter} from '../../metrics/filter.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {hourOf} from '../table/key.js';
import {integer, literal} from '../table/literal.js';
import {requestTable} from '../table/tables.js';

/** Which rows of the table are read. */
export type Condition = {
	/** By columns of the table's key, which all versions of a request have in common: of others none is looked at. */
	readonly keyed: string;
	/** By other columns, of the version that holds. */
	readonly others: string;
};

/** Rows as they are now, the newest of each key, as SQL: what follows FROM. */
export const rowsWhere = ({keyed, others}: Condition): string =>
	`${requestTable} FINAL PREWHERE ${keyed} WHERE gone = 0 AND ${others}`;

/** Those of a condition that another one takes as well. */
export const narrowedBy = (condition: Condition, {keyed, others}: Partial<Condition>): Condition => ({
	keyed: keyed === undefined ? condition.keyed : `${condition.keyed} AND ${keyed}`,
	others: others === undefined ? condition.others : `${condition.others} AND ${others}`,
});

/** The name of the machine that a request is of: as logged, else of the one that sent it. Text as in the columns. */
export const host = "if(host = '', shipper, host)";

/** A text of a column as it is, '' where it is undefined. */
const plain = (column: string): string => `visitParamExtractString(concat('{"v":', ${column}, '}'), 'v')`;

/** The name of a request's log in the fleet. */
const source = `concat(${plain('shipper')}, ':', ${plain('source')})`;

const texts = {
	model: plain('model'),
	project: plain('project'),
	agent: plain('agent'),
	provider: plain('provider'),
	thread: plain('thread'),
} as const;

/** Whether a text holds a piece, whatever its case; letters with accents are written in two ways. */
const holds = (text: string, piece: string): string => {
	const lower = piece.toLowerCase();
	const forms = [...new Set([lower.normalize('NFC'), lower.normalize('NFD')])];
	return forms.map(form => `position(lowerUTF8(${text}), ${literal(form)}) > 0`).join(' OR ');
};

/** Old servers cannot tell a distributed query within another but for this. */
const namesModels = `(shipper, source) GLOBAL IN (SELECT shipper, source FROM ${requestTable} FINAL WHERE gone = 0 AND model != '')`;

/** A condition that takes everything. */
export const allTaken = '1';

/**
 * What a filter takes, as `takenBy` says it.
 * @param machine the machine that something is of: other than in rows, `host` tells it in sums
 */
export const takenSql = ({text, model, host: machinePiece, ...names}: Filter, machine = host): string => {
	const conditions = Object.entries(names).flatMap(([name, piece]) =>
		piece ? holds(texts[name as keyof typeof names], piece) : [],
	);
	if (machinePiece) {
		conditions.push(holds(plain(machine), machinePiece));
	}
	if (model) {
		conditions.push(`${holds(texts.model, model)} OR (model = '' AND NOT ${namesModels})`);
	}
	if (text) {
		conditions.push([...Object.values(texts), source].map(one => holds(one, text)).join(' OR '));
	}
	return conditions.length === 0 ? allTaken : conditions.map(condition => `(${condition})`).join(' AND ');
};

/** What was at or since a time, as a condition on the table's key. */
export const sinceSql = (time: number): string => `hour >= ${hourOf(time)} AND time >= ${integer(time)}`;

/** The requests of a window. The hours are the beginning of the table's key. */
const windowSql = (window: Window): string => {
	const stretches = stretchesOf(window).map(stretch => {
		const [from, to] = [Math.ceil(stretch.from), Math.ceil(stretch.to)];
		return `(hour >= ${hourOf(from)} AND hour <= ${hourOf(to)} AND time >= ${integer(from)} AND time < ${integer(to)})`;
	});
	return stretches.length === 1 ? (stretches[0] as string) : `(${stretches.join(' OR ')})`;
};

/** The requests of a window that a filter takes. */
export const where = (window: Window, filter: Filter): Condition => ({
	keyed: windowSql(window),
	others: takenSql(filter),
});

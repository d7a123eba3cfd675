import type {Filter} from '../../metrics/filter.js';
import {stretchesOf, type Window} from '../../metrics/windows/window.js';
import {hourOf} from '../table/key.js';
import {integer, literal} from '../table/literal.js';
import {requestTable} from '../table/tables.js';

/** Conditions on rows of the table. */
export type Condition = {
	/** On columns of the key, which all versions of a request share. It is checked before versions are compared. */
	readonly keyed: string;
	/** On other columns, of the newest version. */
	readonly others: string;
};

/** SQL after FROM for the current rows that match: the newest version of each key. */
export const rowsWhere = ({keyed, others}: Condition): string =>
	`${requestTable} FINAL PREWHERE ${keyed} WHERE gone = 0 AND ${others}`;

/** A condition narrowed by another one. */
export const narrowedBy = (condition: Condition, {keyed, others}: Partial<Condition>): Condition => ({
	keyed: keyed === undefined ? condition.keyed : `${condition.keyed} AND ${keyed}`,
	others: others === undefined ? condition.others : `${condition.others} AND ${others}`,
});

/** SQL for the machine of a request: as logged, else the shipper. Encoded as in the columns. */
export const host = "if(host = '', shipper, host)";

/** SQL that decodes a text column; '' if undefined. */
const plain = (column: string): string => `visitParamExtractString(concat('{"v":', ${column}, '}'), 'v')`;

/** SQL for the name of a request's log in the fleet. */
const source = `concat(${plain('shipper')}, ':', ${plain('source')})`;

const texts = {
	model: plain('model'),
	project: plain('project'),
	agent: plain('agent'),
	provider: plain('provider'),
	thread: plain('thread'),
} as const;

/** SQL that searches a text for a piece, ignoring case; accented letters have two encodings. */
const holds = (text: string, piece: string): string => {
	const lower = piece.toLowerCase();
	const forms = [...new Set([lower.normalize('NFC'), lower.normalize('NFD')])];
	return forms.map(form => `position(lowerUTF8(${text}), ${literal(form)}) > 0`).join(' OR ');
};

/** GLOBAL because old servers cannot nest distributed queries otherwise. */
const namesModels = `(shipper, source) GLOBAL IN (SELECT shipper, source FROM ${requestTable} FINAL WHERE gone = 0 AND model != '')`;

/** A condition that is always true. */
export const allTaken = '1';

/**
 * A filter as SQL; mirrors `takenBy`.
 * @param machine expression for the machine; in sums it is the column `host`
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

/** A condition on the key for requests at or after a time (epoch milliseconds). */
export const sinceSql = (time: number): string => `hour >= ${hourOf(time)} AND time >= ${integer(time)}`;

/** The requests of a window. The hours are the prefix of the table's key. */
const windowSql = (window: Window): string => {
	const stretches = stretchesOf(window).map(stretch => {
		const [from, to] = [Math.ceil(stretch.from), Math.ceil(stretch.to)];
		return `(hour >= ${hourOf(from)} AND hour <= ${hourOf(to)} AND time >= ${integer(from)} AND time < ${integer(to)})`;
	});
	return stretches.length === 1 ? (stretches[0] as string) : `(${stretches.join(' OR ')})`;
};

/** The requests of a window that match a filter. */
export const where = (window: Window, filter: Filter): Condition => ({
	keyed: windowSql(window),
	others: takenSql(filter),
});

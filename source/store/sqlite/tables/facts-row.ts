import {coldKinds, coldStart, type Facts, factsAlone} from '../../../metrics/breaks/facts.js';
import {breakCauses, type Loss, type SmallLoss} from '../../../metrics/breaks/loss.js';
import type {Request} from '../../../request.js';
import type {Row, Value} from '../file/connection.js';
import {keptText, textFrom} from './kept-text.js';

/**
 * The columns of what the thread of a request tells about it. NULL is nothing; of the reads, that they are what was read
 * or would have been without a thread. A loss lasts as long as the gap of the request.
 */
export const factColumns = [
	'gap',
	'cold',
	'read_5m',
	'read_1h',
	'loss',
	'lost_1h',
	'lost_5m',
	'lost_input',
	'provisional_until',
	'detail',
] as const;

/** The tables' definition of them. */
export const factDefinition = `
	gap INTEGER,
	cold INTEGER,
	read_5m INTEGER,
	read_1h INTEGER,
	loss INTEGER,
	lost_1h INTEGER,
	lost_5m INTEGER,
	lost_input INTEGER,
	provisional_until INTEGER,
	detail TEXT`;

/** `loss` of a break is the place of its cause; of what is too small for one it is one of these. */
const smallLoss = -1;
const automaticLoss = -2;

/** Of a row that is a break, as SQL. */
export const isBroken = 'loss >= 0';

/**
 * Appends the values of `factColumns`.
 * @param request keeps the row shorter where it is known
 */
export const pushFacts = (
	{gap, cold, readFiveMinutes, readOneHour, loss, small}: Facts,
	to: Value[],
	request?: Request,
): void => {
	const alone = request && factsAlone(request);
	const isAsRead = readFiveMinutes === alone?.readFiveMinutes && readOneHour === alone.readOneHour;
	const lost = loss ?? small;
	to.push(
		gap ?? null,
		cold ? coldKinds.indexOf(cold.kind) : null,
		isAsRead ? null : readFiveMinutes,
		isAsRead ? null : readOneHour,
		loss ? breakCauses.indexOf(loss.cause) : small ? (small.automatic ? automaticLoss : smallLoss) : null,
		lost ? lost.oneHour : null,
		lost ? lost.fiveMinutes : null,
		lost ? lost.input : null,
		loss?.provisionalUntil ?? null,
		loss ? keptText(loss.detail) : null,
	);
};

/** The facts of a row. @param at where their columns begin */
export const factsFrom = (row: Row, at: number, request: Request): Facts => {
	const gap = (row[at] as number | null) ?? undefined;
	const kind = coldKinds[(row[at + 1] as number | null) ?? -1];
	const fiveMinutes = row[at + 2] as number | null;
	const alone = fiveMinutes === null ? factsAlone(request) : undefined;
	const loss = row[at + 4] as number | null;
	return {
		gap,
		loss: loss !== null && loss >= 0 ? lossFrom(row, at, gap) : undefined,
		small: loss !== null && loss < 0 ? smallFrom(row, at) : undefined,
		cold: kind && request.usage && coldStart(kind, request.usage),
		readFiveMinutes: alone ? alone.readFiveMinutes : (fiveMinutes as number),
		readOneHour: alone ? alone.readOneHour : (row[at + 3] as number),
	};
};

const lossFrom = (row: Row, at: number, gap: number | undefined): Loss => ({
	cause: breakCauses[row[at + 4] as number] ?? 'unknown',
	detail: textFrom(row[at + 9] as string),
	gap,
	provisionalUntil: (row[at + 8] as number | null) ?? undefined,
	...paidFrom(row, at),
});

const smallFrom = (row: Row, at: number): SmallLoss => ({
	automatic: row[at + 4] === automaticLoss,
	...paidFrom(row, at),
});

const paidFrom = (row: Row, at: number) => ({
	oneHour: row[at + 5] as number,
	fiveMinutes: row[at + 6] as number,
	input: row[at + 7] as number,
});

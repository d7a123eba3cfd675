import {coldKinds, coldStart, type Facts, readAlone} from '../../../metrics/breaks/facts.js';
import {breakCauses, type Loss, type SmallLoss} from '../../../metrics/breaks/loss.js';
import type {Request} from '../../../request.js';
import type {Values} from '../file/insertion.js';
import type {Row} from '../file/value.js';

/**
 * Columns for the facts of a request, which follow from its thread. NULL means none. `facts` is a `Rest` as JSON, for
 * the few requests that have more facts.
 */
export const factColumns = ['gap', 'cold', 'loss', 'facts'] as const;

/** SQL that defines the columns. */
export const factDefinition = `
	gap INTEGER,
	cold INTEGER,
	loss INTEGER,
	facts TEXT`;

/**
 * Lost tokens, then for a break until when it is provisional and its detail. Then the tokens that would have been read
 * if all writes had the same lifetime; they are left out if they equal the tokens that were read, or that would have
 * been read without a thread.
 */
type Rest = readonly [
	oneHour: number,
	fiveMinutes: number,
	input: number,
	provisionalUntil?: number | null,
	detail?: string | null,
	readFiveMinutes?: number,
	readOneHour?: number,
];

/** SQL for the tokens lost by the request of a row. */
export const lost = {oneHour: 'facts ->> 0', fiveMinutes: 'facts ->> 1', input: 'facts ->> 2'} as const;

/** `loss` is the index of a break's cause, or one of these if the loss is too small for a break. */
const smallLoss = -1;
const automaticLoss = -2;

/** SQL condition for rows that are breaks. */
export const isBroken = 'loss >= 0';

/**
 * Appends the values of `factColumns`.
 * @param request makes the row shorter if given
 */
export const pushFacts = (facts: Facts, to: Values, request?: Request): void => {
	const {gap, cold, loss, small} = facts;
	to.push(gap ?? null);
	to.push(cold ? coldKinds.indexOf(cold.kind) : null);
	to.push(loss ? breakCauses.indexOf(loss.cause) : small ? (small.automatic ? automaticLoss : smallLoss) : null);
	to.push(restOf(facts, request));
};

const restOf = ({loss, small, readFiveMinutes, readOneHour}: Facts, request: Request | undefined): string | null => {
	const alone = request && readAlone(request);
	const reads = readFiveMinutes === alone && readOneHour === alone ? '' : `,${readFiveMinutes},${readOneHour}`;
	const paid = loss ?? small;
	if (!paid && reads === '') {
		return null;
	}
	const tokens = paid ? `${paid.oneHour},${paid.fiveMinutes},${paid.input}` : '0,0,0';
	const cause = loss ? `,${loss.provisionalUntil ?? null},${JSON.stringify(loss.detail)}` : reads && ',null,null';
	return `[${tokens}${cause}${reads}]`;
};

/** The facts in a row. @param at index of the first of their columns */
export const factsFrom = (row: Row, at: number, request: Request): Facts => {
	const gap = (row[at] as number | null) ?? undefined;
	const kind = coldKinds[(row[at + 1] as number | null) ?? -1];
	const loss = row[at + 2] as number | null;
	const text = row[at + 3] as string | null;
	const rest = text === null ? undefined : (JSON.parse(text) as Rest);
	const alone = readAlone(request);
	return {
		gap,
		loss: rest && loss !== null && loss >= 0 ? lossFrom(loss, rest, gap) : undefined,
		small: rest && loss !== null && loss < 0 ? smallFrom(loss, rest) : undefined,
		cold: kind && request.usage && coldStart(kind, request.usage),
		readFiveMinutes: rest?.[5] ?? alone,
		readOneHour: rest?.[6] ?? alone,
	};
};

const lossFrom = (
	cause: number,
	[oneHour, fiveMinutes, input, provisionalUntil, detail]: Rest,
	gap: number | undefined,
): Loss => ({
	cause: breakCauses[cause] ?? 'unknown',
	detail: detail ?? '',
	gap,
	provisionalUntil: provisionalUntil ?? undefined,
	oneHour,
	fiveMinutes,
	input,
});

const smallFrom = (kind: number, [oneHour, fiveMinutes, input]: Rest): SmallLoss => ({
	automatic: kind === automaticLoss,
	oneHour,
	fiveMinutes,
	input,
});

import {coldKinds, type Facts, factsAlone} from '../../../metrics/breaks/facts.js';
import type {Loss} from '../../../metrics/breaks/loss.js';
import {type PaidTokens, paidInFull} from '../../../metrics/breaks/lost.js';
import type {Request} from '../../../request.js';

/** Facts of a request as JSON, without what follows from the request itself; shorter where the last ones are missing. */
type Row = readonly [
	gap: number | null,
	/** Its place among the kinds of cold starts; -1 for none. */
	cold?: number,
	/** Missing where they are what was read. */
	reads?: readonly [fiveMinutes: number, oneHour: number] | 0,
	loss?: LossRow | 0,
	small?: readonly [automatic: 0 | 1, ...PaidRow] | 0,
];
type LossRow = readonly [
	cause: Loss['cause'],
	detail: string,
	gap: number | null,
	provisionalUntil: number | null,
	...PaidRow,
];
type PaidRow = readonly [oneHour: number, fiveMinutes: number, input: number];

const paidRow = ({oneHour, fiveMinutes, input}: PaidTokens): PaidRow => [oneHour, fiveMinutes, input];

/**
 * Null for facts of a request that continues nothing and begins nothing.
 * @param request shortens the text where it is known
 */
export const factsText = ({gap, cold, loss, small, ...facts}: Facts, request?: Request): string | null => {
	const alone = request && factsAlone(request);
	const isAsRead = facts.readFiveMinutes === alone?.readFiveMinutes && facts.readOneHour === alone.readOneHour;
	const row: Row = [
		gap ?? null,
		cold ? coldKinds.indexOf(cold.kind) : -1,
		isAsRead ? 0 : [facts.readFiveMinutes, facts.readOneHour],
		loss ? [loss.cause, loss.detail, loss.gap ?? null, loss.provisionalUntil ?? null, ...paidRow(loss)] : 0,
		small ? [small.automatic ? 1 : 0, ...paidRow(small)] : 0,
	];
	const length = small ? 5 : loss ? 4 : isAsRead ? (cold ? 2 : 1) : 3;
	return length === 1 && gap === undefined ? null : JSON.stringify(row.slice(0, length));
};

export const factsFrom = (text: string | null, request: Request): Facts => {
	const alone = factsAlone(request);
	if (text === null) {
		return alone;
	}
	const row = JSON.parse(text) as Row;
	const gap = row[0];
	const reads = row[2];
	const loss = row[3];
	const small = row[4];
	const kind = coldKinds[row[1] ?? -1];
	return {
		gap: gap ?? undefined,
		loss: loss ? lossFrom(loss) : undefined,
		small: small ? {automatic: small[0] === 1, oneHour: small[1], fiveMinutes: small[2], input: small[3]} : undefined,
		cold: kind && request.usage && {kind, ...paidInFull(request.usage)},
		readFiveMinutes: reads ? reads[0] : alone.readFiveMinutes,
		readOneHour: reads ? reads[1] : alone.readOneHour,
	};
};

const lossFrom = ([cause, detail, gap, provisionalUntil, oneHour, fiveMinutes, input]: LossRow): Loss => ({
	cause,
	detail,
	gap: gap ?? undefined,
	provisionalUntil: provisionalUntil ?? undefined,
	oneHour,
	fiveMinutes,
	input,
});

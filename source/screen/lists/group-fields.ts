import type {Group} from '../../metrics/groups.js';
import {formatCount, formatPercent} from '../../output/numbers.js';
import {lostMoneyCell, lostTokensCell, netCell, none} from '../presentation/cells.js';
import {statusToken} from '../presentation/status-token.js';
import {type Line, primary, styledAs} from '../text/line.js';
import type {Field} from './listing.js';

/** Where nothing was measured a column has nothing to say, and is left out. */
const whereMeasured =
	(cell: (group: Group, places?: number) => Line, isMeasured: boolean) =>
	(group: Group, places?: number): Line =>
		isMeasured ? cell(group, places) : [];

/** A loss without a known price is more than none, and less than any that is known. */
const lostCostOf = ({lostCost, lostTokens}: Group): number => lostCost ?? (lostTokens > 0 ? Number.MIN_VALUE : 0);

/** The columns of numbers that lists of groups share; each list chooses which stay where it is narrow. */
export const groupFields = (isMeasured: boolean) =>
	({
		requests: {
			heading: 'requests',
			align: 'right',
			by: ({summary}) => summary.requests,
			cell: ({summary}) => primary(formatCount(summary.requests)),
		},
		hitRate: {
			heading: 'hit rate',
			align: 'decimal',
			rising: true,
			by: ({summary}) => summary.hitRate,
			cell: ({summary}) => styledAs(statusToken(summary.status), formatPercent(summary.hitRate)),
		},
		tokenHitRate: {
			heading: 'token hits',
			align: 'decimal',
			rising: true,
			by: ({summary}) => summary.tokenHitRate,
			cell: whereMeasured(({summary}) => primary(formatPercent(summary.tokenHitRate)), isMeasured),
		},
		netSaved: {
			heading: 'net saved',
			align: 'decimal',
			rising: true,
			by: ({summary}) => summary.money.netSavings,
			amount: ({summary}) => summary.money.netSavings,
			cell: ({summary}, places) => netCell(summary.money.netSavings, places),
		},
		lostTokens: {
			heading: 'lost tokens',
			align: 'right',
			by: ({lostTokens}) => lostTokens,
			cell: whereMeasured(group => (group.summary.basis === 'measured' ? lostTokensCell(group) : none), isMeasured),
		},
		lost: {
			heading: 'lost',
			align: 'decimal',
			by: lostCostOf,
			amount: ({lostCost}) => lostCost,
			cell: whereMeasured(
				(group, places) => (group.summary.basis === 'measured' ? lostMoneyCell(group, places) : none),
				isMeasured,
			),
		},
	}) as const satisfies Readonly<Record<string, Field<Group>>>;

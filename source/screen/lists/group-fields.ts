import type {Group} from '../../metrics/groups.js';
import {formatCount, formatPercent} from '../../output/numbers.js';
import {lostMoneyCell, lostTokensCell, netCell, none} from '../presentation/cells.js';
import {statusToken} from '../presentation/status-token.js';
import {type Line, primary, styledAs} from '../text/line.js';
import type {Field} from './listing.js';

/** Leaves a column out if nothing in the list was measured. */
const whereMeasured =
	(cell: (group: Group, places?: number) => Line, isMeasured: boolean) =>
	(group: Group, places?: number): Line =>
		isMeasured ? cell(group, places) : [];

/** Sort key: a loss without a known price ranks above no loss and below every known price. */
const lostCostOf = ({lostCost, lostTokens}: Group): number => lostCost ?? (lostTokens > 0 ? Number.MIN_VALUE : 0);

/** The numeric columns shared by the lists of groups; each list chooses which of them stay on narrow screens. */
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

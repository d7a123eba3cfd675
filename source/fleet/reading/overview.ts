import type {HostSeen, Overview} from '../../metrics/ledger.js';
import type {ClientStarts} from '../../metrics/marks.js';
import {untimed} from '../../request.js';
import {unsettledSql} from '../keep/settle.js';
import {integer} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import {hostTable, logSumTable, requestTable} from '../table/tables.js';
import type {Ask} from './ask.js';
import {type Hours, hoursOf, hoursSql} from './hours.js';
import {generationsOf, generationsSql, selectionOf} from './selection.js';
import {keyOf, sumsOf} from './sums.js';
import {allTaken, rowsWhere} from './where.js';

/** Limits marks for client versions: a log may name a new client in each line. */
const mostClients = 500;

/** The state of a fleet at one moment. */
export type Known = {
	readonly overview: Omit<Overview, 'version'>;
	readonly hours: Hours;
	/** Number of threads of several hosts that are not settled. */
	readonly unsettled: number;
};

/** Reads the overview of a fleet, from sums and from the rows of hours without valid sums. */
export const knownOf = async (ask: Ask): Promise<Known> => {
	const hours = await hoursOf(ask);
	const changed = hoursSql([...hours.states.keys()].filter(hour => !hours.kept.has(hour)));
	const timed = `time > ${integer(untimed)}`;
	const [[[total, first, last, others] = []], clients, hosts, [[unsettled] = []]] = await Promise.all([
		ask(
			`SELECT count(), minIf(time, ${timed}), maxIf(time, ${timed}), countIf(NOT (${timed})) FROM ${rowsWhere({keyed: changed, others: allTaken})}`,
		),
		clientsOf(ask, hours),
		hostsOf(ask, hours, changed),
		ask(unsettledSql(changed)),
	]);
	const kept = [...hours.kept.values()].filter(({slots}) => slots.some(count => count > 0));
	const hasTimes = Number(total) > Number(others);
	const firsts = [...kept.map(hour => hour.first), ...(hasTimes ? [Number(first)] : [])];
	const lasts = [...kept.map(hour => hour.last), ...(hasTimes ? [Number(last)] : [])];
	return {
		hours,
		unsettled: Number(unsettled),
		overview: {
			total: kept.flatMap(({slots}) => slots).reduce((sum, count) => sum + count, Number(total)),
			span:
				firsts.length === 0
					? undefined
					: {
							first: firsts.reduce((one, other) => Math.min(one, other)),
							last: lasts.reduce((one, other) => Math.max(one, other)),
						},
			untimed: Number(others),
			clients,
			hosts,
		},
	};
};

/** When each client version was first seen. */
const clientsOf = async (ask: Ask, hours: Hours): Promise<ClientStarts> => {
	const timed = {from: untimed + 1, to: Number.MAX_SAFE_INTEGER, name: 'custom'};
	const parts = await sumsOf(
		ask,
		{keys: [keyOf('client')], by: [], detail: 'requests'},
		selectionOf(timed, {}, logSumTable, hours),
	);
	const starts = new Map<string, number>();
	for (const {keys, firstTime} of [...parts].sort((one, other) => one.firstTime - other.firstTime)) {
		const client = nameFrom(keys[0]);
		if (client !== undefined && !starts.has(client) && starts.size < mostClients) {
			starts.set(client, firstTime);
		}
	}
	return starts;
};

/** When each host last sent anything. @param changed condition on the hours without valid sums */
const hostsOf = async (ask: Ask, hours: Hours, changed: string): Promise<readonly HostSeen[]> => {
	const fromRows = `SELECT shipper, received FROM ${requestTable} WHERE ${changed}`;
	const from =
		hours.kept.size === 0
			? fromRows
			: `${fromRows} UNION ALL SELECT shipper, received FROM ${logSumTable} WHERE ${generationsSql(generationsOf(hours, hours.kept))}`;
	const [sent, told] = await Promise.all([
		ask(
			`SELECT shipper, toUnixTimestamp(max(received)), toUnixTimestamp(now()) FROM (${from}) GROUP BY shipper ORDER BY shipper`,
		),
		ask(`SELECT shipper, toUnixTimestamp(max(at)) FROM ${hostTable} GROUP BY shipper`),
	]);
	const reports = new Map(told.map(([shipper, at]) => [String(shipper), Number(at)]));
	return sent.map(([shipper, received, now]) => ({
		name: nameFrom(shipper) ?? '',
		silentFor: Math.max(0, Number(now) - Math.max(Number(received), reports.get(String(shipper)) ?? 0)) * 1000,
	}));
};

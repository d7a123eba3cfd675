import type {Overview} from '../../metrics/ledger.js';
import {untimed} from '../../request.js';
import {unsettledSql} from '../keep/settle.js';
import {integer} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import {hostTable, requestTable} from '../table/schema.js';
import type {Ask} from './threads.js';
import {rows} from './where.js';

/** A log that names a new client in each line is not to fill the marks. */
const mostClients = 500;

/** All requests of the fleet, and what changes with every change of the table. */
export const overviewOf = async (
	ask: Ask,
): Promise<{
	readonly overview: Omit<Overview, 'version'>;
	readonly state: string;
	/** Threads of several hosts that are still as each host saw them. */
	readonly unsettled: number;
}> => {
	const timed = `time > ${integer(untimed)}`;
	const [[[total, first, last, others] = []], clients, hosts, told, [[unsettled] = []]] = await Promise.all([
		ask(
			`SELECT count(), minIf(time, ${timed}), maxIf(time, ${timed}), countIf(NOT (${timed})) FROM ${rows} WHERE gone = 0`,
		),
		ask(
			`SELECT client, min(time) FROM ${rows} WHERE gone = 0 AND client != '' AND ${timed} GROUP BY client ORDER BY min(time) LIMIT ${mostClients}`,
		),
		ask(
			`SELECT shipper, count(), toUnixTimestamp(max(received)), toUnixTimestamp(now()) FROM ${requestTable} GROUP BY shipper ORDER BY shipper`,
		),
		ask(`SELECT shipper, toUnixTimestamp(max(at)) FROM ${hostTable} GROUP BY shipper`),
		ask(unsettledSql),
	]);
	const reports = new Map(told.map(([shipper, at]) => [String(shipper), Number(at)]));
	return {
		unsettled: Number(unsettled),
		overview: {
			total: Number(total),
			span: Number(total) > Number(others) ? {first: Number(first), last: Number(last)} : undefined,
			untimed: Number(others),
			clients: new Map(clients.map(([client, time]) => [nameFrom(client) ?? '', Number(time)])),
			hosts: hosts.map(([shipper, , received, now]) => ({
				name: nameFrom(shipper) ?? '',
				silentFor: Math.max(0, Number(now) - Math.max(Number(received), reports.get(String(shipper)) ?? 0)) * 1000,
			})),
		},
		state: JSON.stringify([total, hosts.map(row => row.slice(0, 3))]),
	};
};

import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {literal} from '../table/literal.js';
import {nameFrom} from '../table/read-rows.js';
import {hostTable, requestTable} from '../table/tables.js';

/** What the fleet knows of a host. Times are epoch milliseconds by the server's clock, unless stated otherwise. */
export type HostStatus = {
	readonly host: string;
	/** When rows arrived last, and when the host last reported its state; undefined if never. */
	readonly shipped: number | undefined;
	readonly reported: number | undefined;
	/** Time of the newest request by the host's clock, and the delay until its row arrived, in milliseconds. */
	readonly newest: number | undefined;
	readonly lag: number | undefined;
	/** Rows in the table, including replaced ones that the server has not merged yet. */
	readonly rows: number;
	/**
	 * Requests waiting to be sent, and requests that retention deleted unsent; undefined if the host never reported.
	 */
	readonly waiting: number | undefined;
	readonly dropped: number | undefined;
	/** The version of hitrate on the host. */
	readonly version: string | undefined;
};

/** The contents of a fleet's ClickHouse and the state of its hosts. */
export type FleetStatus = {
	/** The server's time. */
	readonly now: number;
	readonly hosts: readonly HostStatus[];
	/** Bytes on the disks of the server that answered; undefined without the privilege to query it. */
	readonly bytes: number | undefined;
};

/** Queries the state of a fleet. Throws a `ClickhouseError`. */
export const fleetStatus = async (clickhouse: Pick<Clickhouse, 'rows'>, database: string): Promise<FleetStatus> => {
	const [[now] = []] = await clickhouse.rows('SELECT toUnixTimestamp(now())');
	const rows = await clickhouse.rows(
		`SELECT shipper, count(), toUnixTimestamp(max(received)), max(time), toUnixTimestamp(argMax(received, time))
		FROM ${requestTable} WHERE gone = 0 GROUP BY shipper`,
	);
	const told = await clickhouse.rows(
		`SELECT shipper, toUnixTimestamp(max(last)), sum(w), sum(d), max(v) FROM (
			SELECT shipper, store, max(at) AS last, argMax(waiting, at) AS w, argMax(dropped, at) AS d, argMax(version, at) AS v
			FROM ${hostTable} GROUP BY shipper, store
		) GROUP BY shipper`,
	);
	const reports = new Map(told.map(([shipper, ...report]) => [String(shipper), report]));
	const shipped = new Map(rows.map(([shipper, ...figures]) => [String(shipper), figures]));
	const hosts = [...new Set([...reports.keys(), ...shipped.keys()])].map((shipper): HostStatus => {
		const [count, received, newest, arrived] = shipped.get(shipper) ?? [];
		const [reported, waiting, dropped, version] = reports.get(shipper) ?? [];
		return {
			host: nameFrom(shipper) ?? '',
			shipped: milliseconds(received),
			reported: milliseconds(reported),
			newest: number(newest),
			lag: newest === undefined ? undefined : Math.max(0, Number(arrived) * 1000 - Number(newest)),
			rows: number(count) ?? 0,
			waiting: number(waiting),
			dropped: number(dropped),
			version: version === undefined ? undefined : String(version),
		};
	});
	return {
		now: Number(now) * 1000,
		hosts: hosts.sort((one, other) => (one.host < other.host ? -1 : 1)),
		bytes: await bytesOf(clickhouse, database),
	};
};

const number = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
const milliseconds = (seconds: unknown): number | undefined =>
	seconds === undefined ? undefined : Number(seconds) * 1000;

const bytesOf = async (clickhouse: Pick<Clickhouse, 'rows'>, database: string): Promise<number | undefined> => {
	try {
		const [[bytes] = []] = await clickhouse.rows(
			`SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = ${literal(database)}`,
		);
		return Number(bytes);
	} catch (error) {
		if (error instanceof ClickhouseError && !error.isPassing) {
			return undefined;
		}
		throw error;
	}
};

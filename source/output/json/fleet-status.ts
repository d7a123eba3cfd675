import type {FleetStatus} from '../../fleet/setup/fleet-status.js';
import {instant} from './values.js';

/** The hosts of a fleet and what they shipped, as plain data; times in ISO 8601, lags in milliseconds. */
export const fleetStatusJson = ({hosts, bytes, now}: FleetStatus, name: string) => ({
	address: name,
	time: instant(now),
	bytes: bytes ?? null,
	hosts: hosts.map(host => ({
		host: host.host,
		last_report: host.reported === undefined ? null : instant(host.reported),
		last_shipped: host.shipped === undefined ? null : instant(host.shipped),
		newest_request: host.newest === undefined ? null : instant(host.newest),
		lag: host.lag ?? null,
		waiting: host.waiting ?? null,
		dropped: host.dropped ?? null,
		rows: host.rows,
		version: host.version ?? null,
	})),
});

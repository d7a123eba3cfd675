import stringWidth from 'string-width';
import type {FleetStatus, HostStatus} from '../../fleet/setup/fleet-status.js';
import {plural} from '../../metrics/number-words.js';
import {sanitize} from '../../text/sanitize.js';
import {formatBytes, formatCount, formatGap} from '../numbers.js';

/** Maximum columns of a host's name. */
const widestName = 30;

const head = ['Host', 'Last report', 'Last shipped', 'Newest request', 'Lag', 'Waiting', 'Rows', 'Version'] as const;

const ago = (time: number | undefined, now: number): string =>
	time === undefined ? 'n/a' : `${formatGap(Math.max(0, now - time))} ago`;

const cells = ({host, ...status}: HostStatus, now: number): readonly string[] => [
	sanitize(host, {columns: widestName}),
	ago(status.reported, now),
	ago(status.shipped, now),
	ago(status.newest, now),
	formatGap(status.lag),
	`${formatCount(status.waiting)}${(status.dropped ?? 0) > 0 ? ` (${formatCount(status.dropped)} lost)` : ''}`,
	formatCount(status.rows),
	sanitize(status.version ?? 'n/a', {columns: 12}),
];

/** The hosts of a fleet and what they shipped, for people. Ends with a line feed. */
export const fleetStatusText = ({hosts, bytes, now}: FleetStatus, name: string): string => {
	if (hosts.length === 0) {
		return `${sanitize(name)}: no host has shipped anything yet.\n`;
	}
	const rows = [head, ...hosts.map(host => cells(host, now))];
	const widths = head.map((_, column) => Math.max(...rows.map(row => stringWidth(row[column] ?? ''))));
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell)))
			.join('  ')
			.trimEnd();
	const total = hosts.reduce((sum, host) => sum + host.rows, 0);
	return `${[
		`${sanitize(name)}: ${plural(hosts.length, 'host')}, ${plural(total, 'row')}, ${formatBytes(bytes)}`,
		'',
		...rows.map(line),
	].join('\n')}\n`;
};

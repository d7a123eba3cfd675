import type {HostSeen} from '../../metrics/ledger.js';
import {sanitize} from '../../text/sanitize.js';

const minute = 60_000;
const hour = 60 * minute;
/** Hosts report every minute. A host that has been silent for more than a day is assumed to be retired. */
const silentAfter = 2 * minute;
const goneAfter = 24 * hour;
const widestName = 20;

const lengthOf = (time: number): string =>
	time < hour ? `${Math.floor(time / minute)} min` : `${Math.floor(time / hour)} h`;

/**
 * The hosts of a fleet that stopped reporting, longest wording first: `web3 silent for 4 min`. Empty if all of them
 * report.
 */
export const silenceWords = (hosts: readonly HostSeen[]): readonly string[] => {
	const silent = hosts
		.filter(({silentFor}) => silentFor >= silentAfter && silentFor < goneAfter)
		.sort((one, other) => other.silentFor - one.silentFor);
	const [first] = silent;
	if (!first) {
		return [];
	}
	const others = silent.length > 1 ? ` and ${silent.length - 1} more` : '';
	const name = `${sanitize(first.name, {columns: widestName})}${others}`;
	return [`${name} silent for ${lengthOf(first.silentFor)}`, `${name} silent`, `${silent.length} silent`];
};

import type {HostSeen} from '../../metrics/ledger.js';
import {sanitize} from '../../text/sanitize.js';

const minute = 60_000;
const hour = 60 * minute;
/** A host that ships says so every minute; one that is away for longer than a day was taken out of service. */
const silentAfter = 2 * minute;
const goneAfter = 24 * hour;
const widestName = 20;

const lengthOf = (time: number): string =>
	time < hour ? `${Math.floor(time / minute)} min` : `${Math.floor(time / hour)} h`;

/**
 * The machines of a fleet that stopped sending, from the fullest wording to the barest: `web3 silent for 4 min`. None
 * where all of them send.
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

/** What reports for people say in the same words. */
import type {BreakCause} from '../metrics/breaks.js';
import type {Report} from '../metrics/report.js';
import type {Basis} from '../metrics/summary.js';
import {formatTime} from './numbers.js';

export const title = 'Prompt cache report';

const basisPhrases: Readonly<Record<Basis, string>> = {
	measured: 'measured: what the provider counted',
	planned: 'planned: what was marked for caching, the log shows no outcome',
};

export const basisPhrase = (basis: Basis | undefined): string =>
	basis === undefined ? 'n/a: no requests' : basisPhrases[basis];

export const windowPhrase = ({window}: Pick<Report, 'window'>, zone: string): string =>
	`${window.name}, ${formatTime(window.from, zone, 'date')} to ${formatTime(window.to, zone, 'date')} (${zone})`;

export const causeNames: Readonly<Record<BreakCause, string>> = {
	reported: 'Reason reported',
	'model-switched': 'Model switched',
	expired: 'Expired',
	rebuilt: 'Rebuilt',
	'prefix-changed': 'Prefix changed',
	unknown: 'Unknown',
};

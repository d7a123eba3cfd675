import {UsageError} from '../errors.js';
import type {Against} from '../metrics/compare.js';
import {filterNames} from '../metrics/filter.js';
import {parseWindow} from '../metrics/windows/window.js';
import {sanitize} from '../text/sanitize.js';
import {parseWhen} from '../time/when.js';

/** Describes what `parseAgainst` accepts, for error messages and the help. */
const againstForm = `previous, a window like 7d, FROM..TO, mark=NAME, or ${filterNames.join('=, ')}=NAME`;

/**
 * Parses what a window is compared with: `previous`, `7d`, `2026-11-20..2026-11-21`, `mark=deploy`, `model=opus`.
 * @param flag names the flag in error messages
 * @param now epoch milliseconds
 * @param zone IANA name of the zone for times without one
 * @throws UsageError
 */
export const parseAgainst = (text: string, flag: string, now: number, zone: string): Against => {
	const wanted = text.trim();
	const choice = parseWindow(wanted);
	if (wanted === 'previous') {
		return {kind: 'previous'};
	}
	if (choice) {
		return {kind: 'window', choice};
	}
	const [, kind = '', name = ''] = /^(\w+)=\s*(\S.*)$/.exec(wanted) ?? [];
	if (kind === 'mark') {
		return {kind: 'mark', name};
	}
	const part = filterNames.find(known => known === kind);
	if (part) {
		return {kind: 'filter', filter: {[part]: name}};
	}
	const ends = wanted.split('..');
	const [from = '', to = ''] = ends.map(end => end.trim());
	if (ends.length !== 2 || from === '' || to === '') {
		throw new UsageError(`${flag}: "${sanitize(wanted)}" is nothing to compare with. Use ${againstForm}.`);
	}
	const between = {
		kind: 'between',
		from: parseWhen(from, flag, now, zone),
		to: parseWhen(to, flag, now, zone),
	} as const;
	if (between.from >= between.to) {
		throw new UsageError(`${flag}: ${sanitize(from)} is not before ${sanitize(to)}.`);
	}
	return {kind: 'window', choice: between};
};

import {type Filter, filterNames} from '../../metrics/filter.js';
import type {Ledger} from '../../metrics/ledger.js';
import {count} from '../../metrics/number-words.js';
import {byText} from '../../text/by-text.js';
import {nearNames} from '../../text/near-names.js';

const contains = (name: string, piece: string): boolean => name.toLowerCase().includes(piece.toLowerCase());

/** What people remember of a project's folder and of a model behind its provider: the last part. */
const tailOf = (name: string): string => name.split(/[/\\]/).findLast(Boolean) ?? name;

/**
 * Says that a filter matches no name, and which names are near, or there.
 * @param kind what the names are of, as in `thread`
 */
export const noSuchName = (kind: string, asked: string, names: readonly string[]): string => {
	const byTail = new Map(names.map(name => [tailOf(name), name]));
	const near = nearNames(asked, [...byTail.keys()], 3).flatMap(tail => byTail.get(tail) ?? []);
	const there =
		near.length > 0
			? `Did you mean ${near.join(', ')}?`
			: names.length > 3
				? `There are ${count(names.length)}, such as ${names.slice(0, 3).join(', ')}.`
				: names.length > 0
					? `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`
					: 'The log names none.';
	return `no ${kind} whose name contains "${asked}". ${there}`;
};

/** What an empty report is asked for that is in no window, in words: a mistyped project, model, agent, provider or host. */
export const unknownNames = async (ledger: Ledger, filter: Filter): Promise<readonly string[]> => {
	const window = {from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, name: 'all'};
	const by = filterNames.filter(kind => kind !== 'thread').filter(kind => Boolean(filter[kind]));
	if (by.length === 0) {
		return [];
	}
	const {answers} = await ledger.ask(() => ({parts: {kind: 'parts', window, filter: {}, by}}) as const);
	return by.flatMap(kind => {
		const asked = filter[kind] ?? '';
		const names = [...new Set(answers.parts.flatMap(({lane}) => lane[kind] ?? []))].sort(byText);
		return names.some(name => contains(name, asked)) ? [] : [noSuchName(kind, asked, names)];
	});
};

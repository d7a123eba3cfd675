import {shapes} from './table.js';

const words = (name: string): readonly string[] =>
	name
		.replaceAll(/([a-z])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.split(/[_\s-]/);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * The segment of a path that distinguishes usage from everything else in a log: one with a word beside "tokens", which
 * alone is in many lines.
 */
const tellingSegment = (path: string): string | undefined => {
	const segments = path.split('.').filter(segment => /tokens?/i.test(segment));
	return segments.find(segment => words(segment).length > 1) ?? segments[0];
};

/**
 * The word before "token" and that word, or the first two words: in snake, kebab and camel case, without their first
 * letter.
 */
const piecesOf = (name: string): readonly string[] => {
	const all = words(name);
	const at = Math.max(
		1,
		all.findIndex(word => word.startsWith('token')),
	);
	const [first, second] = [all[at - 1] as string, (all[at] ?? '').replace(/^tokens$/, 'token')];
	return [`${first}_${second}`, `${first}-${second}`, `${first}${capital(second)}`].map(piece => piece.slice(1));
};

/**
 * Regular expressions, generated from the table of shapes, one of which matches in every line with usage of any shape.
 * Without the first letter, which may be upper or lower case, and without quotes, which wrappers escape.
 */
export const usageNeedles = (): readonly string[] => {
	const names = shapes
		.filter(({sign}) => sign === undefined)
		.flatMap(({input, under}): readonly (string | undefined)[] =>
			under ? under : input.map(name => tellingSegment(typeof name === 'string' ? name : (name[0] as string))),
		);
	const pieces = [...new Set(names.flatMap(name => (name === undefined ? [] : piecesOf(name))))];
	return [
		...pieces.filter(piece => !pieces.some(other => other !== piece && piece.includes(other))),
		...shapes.flatMap(({sign}) => sign ?? []),
	];
};

/** Levenshtein distance: the number of letters to insert, delete or replace. */
const distance = (one: string, other: string): number => {
	let row = Array.from({length: other.length + 1}, (_, index) => index);
	for (let line = 1; line <= one.length; line++) {
		const next = [line];
		for (let column = 1; column <= other.length; column++) {
			const replaced = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
			next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[other.length] ?? 0;
};

/** Maximum letters compared, because the time grows with both lengths. */
const longest = 60;

/** Ignores case and punctuation, which users remember least. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Names that a mistyped one may have meant, likeliest first: those that differ in a few letters, or contain it.
 * @param most maximum number of names
 */
export const nearNames = (wrong: string, names: readonly string[], most = 4): readonly string[] => {
	const word = plain(wrong.slice(0, longest));
	const allowed = Math.max(1, Math.floor(word.length / 3));
	return names
		.map(name => {
			const other = plain(name);
			const isPart = word.length >= 3 && (other.includes(word) || (other.length >= 3 && word.includes(other)));
			return {name, far: distance(word, other), isPart};
		})
		.filter(({far, isPart}) => far <= allowed || isPart)
		.sort((one, other) => one.far - other.far)
		.slice(0, most)
		.map(({name}) => name);
};

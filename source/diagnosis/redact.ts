/** Names whose values a bug report needs and which reveal nothing private: token counts, cache lifetimes. */
const tells = /token|cache|usage|prompt|completion|input|output|ttl|duration/i;
/** Keys that programs use, as opposed to users' words. */
const plainKey = /^[\w.@$:-]{1,48}$/;

const deepest = 8;
const mostMembers = 80;
const mostItems = 3;
const longestLine = 2000;

/** `2026-11-22` as `0000-00-00`, `msg_1a` as `xxx_0x`. */
const shapeOf = (text: string): string => text.replaceAll(/\p{L}/gu, 'x').replaceAll(/\p{Nd}/gu, '0');

/** Short values whose form matters (times, ids) as their shape; other values as their length. */
const redactedText = (text: string): string =>
	/^[\d\s:.,TZ+-]{1,40}$/.test(text) ? text.replaceAll(/\d/g, '0') : `<${text.length} characters>`;

const redactedValue = (key: string, value: unknown, depth: number): unknown => {
	if (typeof value === 'number') {
		return tells.test(key) ? value : 0;
	}
	if (typeof value === 'string') {
		return redactedText(value);
	}
	if (typeof value !== 'object' || value === null) {
		return value;
	}
	if (depth >= deepest) {
		return '<deeper>';
	}
	if (Array.isArray(value)) {
		const items = value.slice(0, mostItems).map(item => redactedValue(key, item, depth + 1));
		return value.length > mostItems ? [...items, `<${value.length - mostItems} more>`] : items;
	}
	return Object.fromEntries(
		Object.entries(value)
			.slice(0, mostMembers)
			.map(([name, item]) => [
				plainKey.test(name) ? name : `<${name.length} characters>`,
				redactedValue(name, item, depth + 1),
			]),
	);
};

/** Keeps words that name counts, with the numbers after them; replaces everything else by its shape. */
const redactedWords = (text: string): string =>
	text
		.split(/([A-Za-z_][\w.]*['"]?\s*[=:]\s*\d[\d,_]*)/)
		.map(part =>
			/\d[\d,_]*$/.test(part) && tells.test(part) && plainKey.test(part.split(/['"\s=:]/)[0] ?? '')
				? part
				: shapeOf(part),
		)
		.join('');

/**
 * A line of a log without its content: keys, structure and token counts are kept, texts become their length, and text
 * that is not JSON becomes its shape (`x` for letters, `0` for digits). At most 2,000 characters.
 */
export const redacted = (line: string): string => {
	let text: string;
	try {
		text = JSON.stringify(redactedValue('', JSON.parse(line), 0));
	} catch {
		text = redactedWords(line.slice(0, longestLine));
	}
	return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
};

/** Characters that no output may hold: they move the cursor, reorder, hide, or are no text. Line feeds are ours. */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
/** More than six marks on one letter run over the lines above and below. */
const pile = /\p{M}{7,}/u;

/** What must not be in a text, in words. @param own characters that the output writes itself */
export const harmIn = (text: string, own: readonly string[] = ['\n']): readonly string[] => {
	const found = new Set((text.match(harmful) ?? []).filter(sign => !own.includes(sign)));
	return [
		...[...found].map(sign => `U+${sign.codePointAt(0)?.toString(16).padStart(4, '0')}`),
		...(pile.test(text) ? ['a pile of marks'] : []),
		...(Buffer.from(text).toString() === text ? [] : ['no UTF-8']),
	];
};

/** The rows of a CSV file by RFC 4180, strictly. Throws where a reader would guess. */
export const parseCsv = (source: string): readonly (readonly string[])[] => {
	const rows: string[][] = [];
	let row: string[] = [];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
	for (let at = 0; at < source.length; ) {
		cell.lastIndex = at;
		const found = cell.exec(source);
		if (!found) {
			throw new Error(`No cell: ${JSON.stringify(source.slice(at, at + 60))}`);
		}
		row.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
		if (found[3] !== ',') {
			rows.push(row);
			row = [];
		}
		at = cell.lastIndex;
	}
	if (row.length > 0) {
		throw new Error('The last line is not ended.');
	}
	return rows;
};

/** Places in plain data that hold a number that JSON cannot. */
export const notFinite = (value: unknown, path = ''): readonly string[] => {
	if (typeof value === 'number') {
		return Number.isFinite(value) ? [] : [`${path}: ${value}`];
	}
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, inner]) => notFinite(inner, `${path}.${key}`))
		: [];
};

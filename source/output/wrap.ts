import {fits, fitting} from '../text/sanitize.js';

/** Breaks text into lines of so many terminal columns, between words; inside a word only where it alone is wider. */
export const wrap = (text: string, columns: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (fits(longer, columns)) {
			line = longer;
			continue;
		}
		if (line !== '') {
			lines.push(line);
		}
		line = word;
		for (let beginning = fitting(line, columns); beginning !== line; beginning = fitting(line, columns)) {
			// A grapheme wider than the line still has to go somewhere.
			lines.push(beginning || line);
			line = beginning === '' ? '' : line.slice(beginning.length);
		}
	}
	if (line !== '') {
		lines.push(line);
	}
	return lines;
};

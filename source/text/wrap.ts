import {fits, fitting} from './sanitize.js';

/** A flag with a value, which must stay on one line so that it can be copied. */
const flag = /^[(`]?--[a-z][\w-]*$/;

/** An amount of a sum (`lost 0.19`), which follows its name; other figures have a unit or a currency. */
const amount = /^\d[\d,]*\.\d{2,4}$/;

/**
 * The words of a text. A flag and its value, including quoted blanks, count as one word; so do an amount of a sum and
 * its name.
 */
const wordsOf = (text: string): readonly string[] => {
	const words: string[] = [];
	for (const word of text.split(' ')) {
		const last = words.at(-1);
		const isOpen = last !== undefined && (flag.test(last) || /^[(`]?--[a-z][\w-]* '[^']*$/.test(last));
		if ((isOpen && word !== '') || (last && amount.test(word))) {
			words[words.length - 1] = `${last} ${word}`;
		} else {
			words.push(word);
		}
	}
	return words;
};

/**
 * Breaks text into lines of at most `columns` terminal columns: between words, but never between a flag and its value
 * or a name and its amount; within a word only if it is wider than a line.
 */
export const wrap = (text: string, columns: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of wordsOf(text)) {
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
			// A grapheme that is wider than the line has to go somewhere.
			lines.push(beginning || line);
			line = beginning === '' ? '' : line.slice(beginning.length);
		}
	}
	if (line !== '') {
		lines.push(line);
	}
	return lines;
};

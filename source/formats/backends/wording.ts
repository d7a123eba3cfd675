import {hash} from 'node:crypto';
import {textOf} from '../json/json-values.js';
import type {View} from '../json/view.js';
import type {Call} from '../usage/call.js';

const longestMessage = 200;

/** The logger of a call, the shape of its usage, and its message. */
export const wordsOf = (call: Call, line: View): readonly string[] => [
	call.shape,
	call.id === undefined ? '' : 'id',
	...['logger', 'logger_name', 'name', 'msg', 'message', 'event'].map(name => textOf(line.at(name)) ?? ''),
	String(Object.keys(line.object).length),
];

/** A short text for these words, without the numbers in messages, which differ between calls. */
export const wordingOf = ([shape, id, ...texts]: readonly string[]): string => {
	const members = texts.pop();
	const plain = texts.map(text =>
		text
			.slice(0, longestMessage)
			.replaceAll(/[\d\W]+/g, ' ')
			.trim(),
	);
	return hash('sha1', [shape, id, ...plain, members].join('|'), 'base64url').slice(0, 12);
};

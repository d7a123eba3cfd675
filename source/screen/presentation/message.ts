import {basename, dirname} from 'node:path';
import {sanitize} from '../../output/sanitize.js';
import {cutStart, cutText} from '../text/cut.js';
import {type Line, primary, strong, styledAs} from '../text/line.js';

/** What an action has to say, in one row, until the next key. */
export type Message =
	| {readonly kind: 'exporting'}
	| {readonly kind: 'exported'; readonly paths: readonly string[]}
	| {readonly kind: 'failed'; readonly error: unknown};

const firstLine = (error: unknown): string => {
	const text = error instanceof Error ? error.message || error.name : String(error);
	return sanitize(text.trim().split(/[\r\n]/)[0] ?? '');
};

const exported = (paths: readonly string[], columns: number): Line => {
	const names = sanitize(paths.map(path => basename(path)).join('  '));
	const [folder = '', ...others] = new Set(paths.map(path => dirname(path)));
	const head = 'Exported ';
	const within = ' in ';
	const place =
		others.length === 0 ? cutStart(sanitize(folder), columns - head.length - names.length - within.length) : '';
	return [
		...styledAs('status.good', head),
		...strong(cutText(names, columns - head.length)),
		...(place.length > 1 ? primary(`${within}${place}`) : []),
	];
};

export const messageText = (message: Message, columns: number): Line => {
	switch (message.kind) {
		case 'exporting':
			return primary('Exporting…');
		case 'exported':
			return message.paths.length === 0 ? primary('Nothing was exported.') : exported(message.paths, columns);
		case 'failed':
			return [...styledAs('status.poor', 'Export failed: '), ...primary(firstLine(message.error))];
	}
};

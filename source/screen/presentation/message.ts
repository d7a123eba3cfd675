import {basename, dirname, extname} from 'node:path';
import {formatTime} from '../../output/numbers.js';
import type {ThemeName} from '../../session/options.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import type {NoLine} from '../dashboard/token-bars.js';
import type {Edge} from '../state/window-steps.js';
import {firstThatFits} from '../text/arrange.js';
import {cutStart, cutText} from '../text/cut.js';
import {type Line, primary, strong, styledAs, widthOf} from '../text/line.js';

/** The outcome of an action, shown in one row until the next key. */
export type Message =
	| {readonly kind: 'exporting'}
	| {readonly kind: 'exported'; readonly paths: readonly string[]}
	/** @property what the action that failed; the export by default */
	| {readonly kind: 'failed'; readonly error: unknown; readonly what?: string}
	| {readonly kind: 'marked'; readonly name: string}
	| {readonly kind: 'copied'; readonly text: string}
	| {readonly kind: 'theme'; readonly theme: ThemeName}
	/** Why the line of the hit rate is not drawn. */
	| {readonly kind: 'no-line'; readonly why: NoLine}
	/** @property first time of the first request, in epoch milliseconds */
	| {readonly kind: 'edge'; readonly edge: Edge; readonly first: number | undefined};

/** True if the message describes work in progress: neither a key nor time removes it. */
export const isLasting = ({kind}: Message): boolean => kind === 'exporting';

const firstLine = (error: unknown): string => {
	const text = error instanceof Error ? error.message || error.name : String(error);
	return sanitize(text.trim().split(/[\r\n]/)[0] ?? '');
};

const head = 'Exported ';
const within = ' in ';

/** `hitrate-20261122.json .csv .md` if the paths differ only in their extensions. */
const namesOf = (paths: readonly string[]): string => {
	const names = paths.map(path => basename(path));
	const stems = new Set(names.map(name => name.slice(0, name.length - extname(name).length)));
	const [first = '', ...others] = names;
	return sanitize(stems.size === 1 ? [first, ...others.map(name => extname(name))].join(' ') : names.join('  '));
};

const exported = (paths: readonly string[], columns: number): Line => {
	const names = strong(cutText(namesOf(paths), columns - head.length));
	const [folder = '', ...others] = new Set(paths.map(path => dirname(path)));
	const room = columns - head.length - widthOf(names) - within.length;
	const place = others.length === 0 ? cutStart(sanitize(folder), room) : '';
	return [
		...styledAs('status.good', head),
		...names,
		...(place.length > 1 || place === folder ? primary(`${within}${place}`) : []),
	];
};

const edges: Readonly<Record<Edge, readonly string[]>> = {
	first: ['Nothing before this window.', 'Nothing before.'],
	now: ['This window ends now: there is nothing after it.', 'This is now.'],
	all: ['This is all there is: 1-6 choose a window to step by.', 'This is all there is.'],
	widest: ['This is all there is: no window is wider.', 'No window is wider.'],
	narrowest: ['No window is narrower; w accepts any range.', 'No window is narrower.'],
};

const edgeLine = (edge: Edge, first: number | undefined, columns: number, timeZone: string): Line => {
	const begins =
		edge === 'first' && first !== undefined
			? [`Nothing before this window: the first request came on ${formatTime(first, timeZone, 'date')}.`]
			: [];
	return firstThatFits(
		[...begins, ...edges[edge]].map(words => primary(words)),
		columns,
	);
};

const noLineWords: Readonly<Record<NoLine, readonly string[]>> = {
	'no-tokens': ['The log has no tokens: the line of the hit rate is all there is.', 'The log has no tokens.'],
	'few-points': [
		'Too few points for a line of the hit rate: the numbers below the bars say as much.',
		'Too few points for a line of the hit rate.',
	],
	'no-room': [
		'No room for the line of the hit rate above the bars: it takes a taller terminal.',
		'No room for the line of the hit rate.',
	],
};

const themeWords: Readonly<Record<ThemeName, string>> = {
	dark: 'Theme dark: the colours of the terminal.',
	light: 'Theme light: colours for a light ground.',
	mono: 'Theme mono: no colour.',
};

/** @param timeZone IANA name */
export const messageText = (message: Message, columns: number, timeZone: string): Line => {
	switch (message.kind) {
		case 'exporting':
			return primary('Exporting…');
		case 'exported':
			return message.paths.length === 0 ? primary('Nothing was exported.') : exported(message.paths, columns);
		case 'failed': {
			const what = styledAs('status.poor', `${message.what ?? 'Export'} failed: `);
			// The reason is often at the end of the text, behind a long path.
			return [...what, ...primary(cutMiddle(firstLine(message.error), columns - widthOf(what)))];
		}
		case 'marked':
			return [...styledAs('status.good', 'Marked '), ...strong(cutText(sanitize(message.name), columns - 7))];
		case 'copied':
			return [...styledAs('status.good', 'Copied '), ...strong(cutText(sanitize(message.text), columns - 7))];
		case 'theme':
			return primary(themeWords[message.theme]);
		case 'no-line':
			return firstThatFits(
				noLineWords[message.why].map(words => primary(words)),
				columns,
			);
		case 'edge':
			return edgeLine(message.edge, message.first, columns, timeZone);
	}
};

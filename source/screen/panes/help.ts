import {assumption} from '../../metrics/money/what-if.js';
import type {KeyState} from '../keys/action.js';
import {helpSections} from '../keys/keymap.js';
import {flow} from '../text/flow.js';
import {type Line, muted, primary, space, styledAs} from '../text/line.js';
import type {CoverText} from '../view/cover.js';

const indent = 2;
const keyColumns = 14;
const wordColumns = 16;

/** What the figures mean, for who asks the screen. */
const figures: readonly (readonly [string, string])[] = [
	['Hit rate', 'requests that read from the cache, of all requests'],
	['Token hit rate', 'tokens read from the cache, of all input tokens; written ones count as input'],
	['measured', 'by the usage that the provider reported'],
	['planned', 'by what the application marked for caching; nobody knows what became of it'],
	['Net saved', 'what the same tokens cost without a cache, less what they cost with it, writes included'],
	['Lost to breaks', 'what it cost to process tokens again that the thread had in the cache'],
	['inferred', 'concluded from gaps, models and tokens; reported: the provider said so'],
	['read', 'tokens that were in the cache: they cost a fraction of the input price'],
	['written', 'tokens put into the cache for the next request: some providers charge more for them than for input'],
	['uncached', 'tokens neither read nor written: they cost the input price'],
	['lost', 'tokens that the thread had in the cache and had to pay for again'],
	['Cost by cache', `what a thread's input would have cost with other lifetimes, or none. ${assumption}`],
	['▲ ▼', 'against the window of the same length before this one'],
];

const entry = (head: Line, width: number, text: string, columns: number): readonly Line[] =>
	flow(primary(text), Math.max(1, columns - indent - width - 1)).map((row, index) => [
		...space(indent),
		...(index === 0 ? head : space(width)),
		...space(1),
		...row,
	]);

const sectionTitle = (title: string): Line => styledAs('text.title', title);

/** All lines of the help, and where its sections begin; the caller shows as many as there is room for. */
export const helpLines = (session: Pick<KeyState, 'hasDemo'>, columns: number): CoverText => {
	const parts = [
		...helpSections(session).map(({title, actions}) => [
			sectionTitle(title),
			...actions.flatMap(({keyLabel, description}) =>
				entry(styledAs('key', keyLabel.padEnd(keyColumns)), keyColumns, description, columns),
			),
			[],
		]),
		[
			sectionTitle('Figures'),
			...figures.flatMap(([word, meaning]) => entry(muted(word.padEnd(wordColumns)), wordColumns, meaning, columns)),
		],
	];
	return {
		title: 'Help',
		lines: parts.flat(),
		sections: parts.map((_, index) => parts.slice(0, index).flat().length),
	};
};

/** The one table of keys. Dispatch, footer, help and the readme's table are generated from it. */

import {type Action, type KeyState, type Section, sections} from './action.js';
import {filterKeys} from './filter-keys.js';
import {pageKeys} from './page-keys.js';
import {programKeys} from './program-keys.js';
import {screenKeys} from './screen-keys.js';
import {scrollKeys} from './scroll-keys.js';
import {typingKeys} from './typing-keys.js';
import {windowKeys} from './window-keys.js';

/** All actions, in the order of the footer. */
export const actions: readonly Action[] = [
	...programKeys,
	...pageKeys,
	...filterKeys,
	...typingKeys,
	...windowKeys,
	...screenKeys,
	...scrollKeys,
];

/** The action that a key triggers in this state; undefined if there is none. */
export const actionFor = (key: string, state: KeyState): Action | undefined =>
	actions.find(action => action.keys.includes(key) && action.visible(state));

/** The direction of a key of a paired action: -1 is back or up, 1 is on or down. */
export const directionOf = ({keys}: Action, key: string): -1 | 1 => (keys.indexOf(key) < keys.length / 2 ? -1 : 1);

const everything: KeyState = {
	covered: false,
	hasSections: true,
	typing: false,
	scrolls: true,
	selects: true,
	opensWorst: true,
	onDashboard: true,
	opens: true,
	inThread: false,
	sorts: true,
	follows: true,
	copies: true,
	narrowed: true,
	filtered: true,
	inPast: true,
	hasLength: true,
	hasData: true,
	hasProblems: true,
	hasDemo: true,
	inDemo: true,
	paused: false,
};

/** Taken together, these states make every action of a session visible. */
const situations: readonly Partial<KeyState>[] = [{}, {covered: true}, {inThread: true}, {typing: true}];

/** The keys that the help lists, by section: every action that can be used in this session, now or later. */
export const helpSections = (
	session: Pick<KeyState, 'hasDemo'>,
): readonly {readonly title: Section; readonly actions: readonly Action[]}[] =>
	sections.map(title => ({
		title,
		actions: actions.filter(
			action =>
				action.section === title &&
				situations.some(situation => action.visible({...everything, ...session, ...situation})),
		),
	}));

/** The readme's table of keys, in Markdown. */
export const keymapMarkdown = (): string =>
	[
		'| key | does |',
		'|---|---|',
		...helpSections({hasDemo: true}).flatMap(section =>
			section.actions.map(({keyLabel, description}) => {
				const keys = keyLabel
					.split(/,? /)
					.map(key => `\`${key}\``)
					.join(' ');
				return `| ${keys} | ${description} |`;
			}),
		),
	].join('\n');

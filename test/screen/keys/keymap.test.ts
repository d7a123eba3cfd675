import {expect, test} from 'vitest';
import type {KeyState} from '../../../source/screen/keys/action.js';
import {actionFor, actions, directionOf, helpSections, keymapMarkdown} from '../../../source/screen/keys/keymap.js';
import {keyState as state} from '../../support/keys.js';

const flags = Object.keys(state) as (keyof KeyState)[];

/** The first combination of all that decides about keys in which a condition holds. One flag changes from each to the next. */
const stateWhere = (holds: (found: KeyState) => boolean): KeyState | undefined => {
	const found: {-readonly [Flag in keyof KeyState]: boolean} = {...state};
	for (let count = 1; count <= 2 ** flags.length; count++) {
		if (holds(found)) {
			return {...found};
		}
		const flag = flags[Math.log2(count & -count)];
		if (flag) {
			found[flag] = !found[flag];
		}
	}
	return undefined;
};

test('no key means two things at a time', () => {
	const pairs = actions.flatMap((one, index) =>
		actions
			.slice(index + 1)
			.filter(({keys}) => keys.some(key => one.keys.includes(key)))
			.map(other => [one, other] as const),
	);
	expect(pairs.length).toBeGreaterThan(0);
	expect(stateWhere(found => pairs.some(([one, other]) => one.visible(found) && other.visible(found)))).toBeUndefined();
});

test('while something is typed no letter is a command', () => {
	const typing = {...state, typing: true, scrolls: true, selects: true, opens: true, hasDemo: true};
	const working = actions.filter(action => action.visible(typing));
	expect(working.map(({id}) => id)).toEqual(['keep', 'cancel', 'erase', 'empty', 'repaint', 'suspend']);
	expect(working.flatMap(({keys}) => keys).filter(key => key.length === 1)).toEqual([]);
});

test('a key does nothing where its action is not there', () => {
	expect(actionFor('d', state)).toBeUndefined();
	expect(actionFor('d', {...state, hasDemo: true})?.id).toBe('demo');
	expect(actionFor('0', state)).toBeUndefined();
	expect(actionFor('0', {...state, inPast: true})?.id).toBe('now');
	expect(actionFor('e', {...state, hasData: false})).toBeUndefined();
	expect(actionFor('j', state)).toBeUndefined();
	expect(actionFor('j', {...state, scrolls: true})?.id).toBe('line');
	expect(actionFor('x', state)).toBeUndefined();
	expect(actionFor('', state)).toBeUndefined();
});

test('with the page covered only what concerns that works', () => {
	const open = {...state, covered: true, hasSections: true, scrolls: true, hasDemo: true, inPast: true};
	const working = actions.filter(action => action.visible(open)).map(({id}) => id);
	expect(working).toEqual([
		'quit',
		'help',
		'sources',
		'close',
		'repaint',
		'suspend',
		'line',
		'page',
		'ends',
		'section',
	]);
});

test.each([
	['[', -1],
	[']', 1],
	['-', -1],
	['+', 1],
	['=', 1],
	['k', -1],
	['up', -1],
	['j', 1],
	['pagedown', 1],
	['g', -1],
	['end', 1],
	['shift-tab', -1],
	['tab', 1],
	['left', -1],
	['l', 1],
] as const)('%s goes in direction %i', (key, direction) => {
	const action = actionFor(key, {...state, scrolls: true, inThread: true});
	expect(action && directionOf(action, key)).toBe(direction);
});

test('help and readme list every action once', () => {
	const listed = helpSections({hasDemo: true}).flatMap(section => section.actions.map(({id}) => id));
	expect([...listed].sort()).toEqual(actions.map(({id}) => id).sort());
	const markdown = keymapMarkdown().split('\n');
	expect(markdown).toHaveLength(actions.length + 2);
	expect(markdown).toContain('| `q` `Ctrl-C` | Quit; closes the help or the sources first |');
	expect(markdown).toContain('| `[` `]` | The window before, the window after |');
});

test('without a demo the help does not speak of one', () => {
	const listed = helpSections({hasDemo: false}).flatMap(section => section.actions.map(({id}) => id));
	expect(listed).not.toContain('demo');
	expect(listed).toContain('now');
});

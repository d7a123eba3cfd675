import {expect, test} from 'vitest';
import {help} from '../../source/shell/help.js';
import {entriesOf, parseHelp} from '../../source/shell/manual/parse-help.js';

const sample = `
a thing: does
something.

Usage
  thing [X…]     the one
  thing two      the other, at
                 length

  An X is what
  you like.

Flags
  -w, --wide N   wide
                 --or not
  --long-name-of-it

End: 0 fine.
`;

test('sections, terms, paragraphs', () => {
	expect(parseHelp(sample)).toEqual({
		summary: 'a thing: does something.',
		sections: [
			{
				title: 'Usage',
				parts: [
					{kind: 'entry', entry: {term: 'thing [X…]', text: 'the one'}},
					{kind: 'entry', entry: {term: 'thing two', text: 'the other, at length'}},
					{kind: 'text', text: 'An X is what you like.'},
				],
			},
			{
				title: 'Flags',
				parts: [
					{kind: 'entry', entry: {term: '-w, --wide N', text: 'wide --or not'}},
					{kind: 'text', text: '--long-name-of-it'},
				],
			},
		],
		notes: ['End: 0 fine.'],
	});
});

test('every flag that the help lists in its margin is an entry with a meaning', () => {
	const listed = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);
	const entries = entriesOf(parseHelp(help));
	expect(listed.length).toBeGreaterThan(20);
	for (const flag of listed) {
		const found = entries.filter(({term}) => term.split(/[ ,]+/).includes(flag ?? ''));
		expect(found, flag).toHaveLength(1);
		expect(found[0]?.text, flag).toMatch(/\w{2}/);
	}
});

import {expect, test} from 'vitest';
import {parseAgainst} from '../../source/session/parse-against.js';
import {hour, testNow} from '../support/requests.js';

const parse = (text: string) => parseAgainst(text, '--compare', testNow, 'UTC');

test.each([
	['previous', {kind: 'previous'}],
	[' 7d ', {kind: 'window', choice: {kind: 'last', length: 7 * 24 * hour, name: '7d'}}],
	['all', {kind: 'window', choice: {kind: 'all'}}],
	[
		'2026-11-20..2026-11-21T12:00',
		{kind: 'window', choice: {kind: 'between', from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 21, 12)}},
	],
	['mark=deploy 1.4', {kind: 'mark', name: 'deploy 1.4'}],
	['model=a=b', {kind: 'filter', filter: {model: 'a=b'}}],
	['project=/srv/a..b', {kind: 'filter', filter: {project: '/srv/a..b'}}],
	['agent=main', {kind: 'filter', filter: {agent: 'main'}}],
])('%s', (text, against) => {
	expect(parse(text)).toEqual(against);
});

test.each(['', 'yesterday', 'model=', 'colour=red', '2026-11-20..', '..', 'a..b..c', '2026-11-21..2026-11-20', 'x..y'])(
	'"%s" is refused in one line',
	text => {
		expect(() => parse(text)).toThrow(/^--compare: [^\n]+$/);
	},
);

test('a refusal repeats no escape sequence', () => {
	expect(() => parse('\u001B[31mred')).toThrow(/^[^\u001B]+$/);
});

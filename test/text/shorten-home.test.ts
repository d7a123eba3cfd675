import {expect, test} from 'vitest';
import {shortenHome} from '../../source/text/shorten-home.js';

test.each([
	['/home/ann/logs/a.log', '~/logs/a.log'],
	['/home/ann', '~'],
	['read "/home/ann/a" and (/home/ann/b)', 'read "~/a" and (~/b)'],
	['/home/anna/a.log', '/home/anna/a.log'],
	['/home/ann.old/a', '/home/ann.old/a'],
	['/data/home/ann/a', '/data/home/ann/a'],
	['no path', 'no path'],
])('%s', (text, short) => {
	expect(shortenHome(text, '/home/ann')).toBe(short);
	expect(shortenHome(text, '/home/ann/')).toBe(short);
});

test('signs of a regular expression in the name are letters like others', () => {
	expect(shortenHome('/h/a+b(c/x /h/aab', '/h/a+b(c')).toBe('~/x /h/aab');
	expect(shortenHome(String.raw`C:\Users\ann\a.log`, String.raw`C:\Users\ann`)).toBe(String.raw`~\a.log`);
});

test('no home at the root of everything', () => {
	expect(shortenHome('/a/b', '/')).toBe('/a/b');
	expect(shortenHome('/a/b', '')).toBe('/a/b');
});

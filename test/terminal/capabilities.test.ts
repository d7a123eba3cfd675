import {expect, test} from 'vitest';
import {type CapabilityFacts, detectCapabilities} from '../../source/terminal/capabilities.js';

const utf8 = {TERM: 'xterm-256color', LANG: 'de_DE.UTF-8'};
const detect = (env: CapabilityFacts['env'], facts: Partial<CapabilityFacts> = {}) =>
	detectCapabilities({
		env,
		output: {isTTY: true, columns: 120, rows: 40},
		...facts,
	});

test('an ordinary terminal can do everything', () => {
	expect(detect(utf8)).toEqual({
		unicode: true,
		colour: true,
		interactive: true,
		columns: 120,
		rows: 40,
	});
});

test.each([
	['NO_COLOR', {...utf8, NO_COLOR: '1'}, {}, false],
	['an empty NO_COLOR says nothing', {...utf8, NO_COLOR: ''}, {}, true],
	['FORCE_COLOR outranks NO_COLOR', {...utf8, NO_COLOR: '1', FORCE_COLOR: '1'}, {}, true],
	['FORCE_COLOR without a value', {...utf8, FORCE_COLOR: ''}, {output: {}}, true],
	['FORCE_COLOR=0', {...utf8, FORCE_COLOR: '0'}, {}, false],
	['the flag outranks FORCE_COLOR', {...utf8, FORCE_COLOR: '3'}, {noColor: true}, false],
	['a pipe', utf8, {output: {}}, false],
	['FORCE_COLOR into a pipe', {...utf8, FORCE_COLOR: '1'}, {output: {}}, true],
	['a dumb terminal', {...utf8, TERM: 'dumb'}, {}, false],
	['CI', {...utf8, CI: 'true'}, {}, true],
])('colour: %s', (_, env, facts, expected) => {
	expect(detect(env, facts).colour).toBe(expected);
});

test.each([
	['no locale', {TERM: 'xterm'}, {}, false],
	['LANG=C', {LANG: 'C'}, {}, false],
	['C.utf8', {LANG: 'C.utf8'}, {}, true],
	['LC_CTYPE before LANG', {LANG: 'C', LC_CTYPE: 'en_US.UTF-8'}, {}, true],
	['LC_ALL before LC_CTYPE', {LC_ALL: 'POSIX', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.UTF-8'}, {}, false],
	['an empty LC_ALL is unset', {LC_ALL: '', LANG: 'en_US.UTF-8'}, {}, true],
	['the Linux console', {...utf8, TERM: 'linux'}, {}, false],
	['the flag', utf8, {ascii: true}, false],
	['Windows has no locale variables', {}, {platform: 'win32'}, true],
])('unicode: %s', (_, env, facts, expected) => {
	expect(detect(env, facts).unicode).toBe(expected);
});

test.each([
	['a terminal', utf8, {}, true],
	['in CI', {...utf8, CI: 'true'}, {}, true],
	['dumb', {...utf8, TERM: 'dumb'}, {}, false],
	['a pipe', utf8, {output: {columns: 80, rows: 24}}, false],
])('interactive: %s', (_, env, facts, expected) => {
	expect(detect(env, facts).interactive).toBe(expected);
});

test.each([
	['the terminal knows', {COLUMNS: '50', LINES: '10'}, {}, [120, 40]],
	['a pipe, the shell knows', {COLUMNS: '50', LINES: '10'}, {output: {}}, [50, 10]],
	['a terminal of size 0', {}, {output: {isTTY: true, columns: 0, rows: 0}}, [80, 24]],
	['nonsense', {COLUMNS: '-3', LINES: 'many'}, {output: {}}, [80, 24]],
])('size: %s', (_, env, facts, expected) => {
	const {columns, rows} = detect(env, facts);
	expect([columns, rows]).toEqual(expected);
});

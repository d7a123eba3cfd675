import {expect, test} from 'vitest';
import {graphemesOf} from '../../source/text/graphemes.js';

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

test.each([
	['nothing', ''],
	['letters', 'abc'],
	['marks on letters', 'e\u0301a\u0323\u0301'],
	['wide characters', '漢字'.repeat(400)],
	['joined emoji where the pieces meet', `${'x'.repeat(250)}👩‍👩‍👧‍👦👍🏽${'y'.repeat(300)}🏳️‍🌈`],
	['flags, an odd number of letters', `x${'🇩🇪'.repeat(300)}🇫`],
	['a pile of marks longer than a piece', `a${'\u0301'.repeat(3000)}b${'\u0489'.repeat(256)}`],
	['Hangul in parts', '\u1112\u1161\u11AB'.repeat(200)],
	['line breaks', '\r\n'.repeat(300)],
	['lone surrogates', `${'\uD83D'.repeat(300)}\uDC69`],
	['pairs of surrogates', `x${'\u{1F469}'.repeat(300)}`],
])('are those of the whole text, wherever it is cut: %s', (_, text) => {
	const whole = Array.from(segmenter.segment(text), ({segment, index}) => ({segment, index}));
	expect([...graphemesOf(text)]).toEqual(whole);
});

import {expect, test} from 'vitest';
import {legend} from '../../../source/screen/thread/chart.js';
import {strip} from '../../../source/screen/thread/strip.js';

test.each([true, false])('the legend has the glyphs and the colours of the bars; unicode %s', unicode => {
	const bars = [false, true].map(broken => ({read: 40, written: 40, uncached: 40, broken}));
	const lines = strip({bars, rows: 6, top: 120, pitch: 4, barColumns: 1, unicode});
	const fillings = '█▒░#+.';
	const drawn = lines
		.flat()
		.filter(({text, token}) => text.length === 1 && fillings.includes(text) && token !== 'text.muted')
		.map(({text, token}) => `${text} ${token}`);
	const explained = legend(unicode).map(({text, token}) => `${text} ${token}`);
	expect(new Set(drawn).size).toBe(3);
	for (const part of new Set(drawn)) {
		expect(explained).toContain(part);
	}
});

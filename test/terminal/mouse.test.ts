import {expect, test} from 'vitest';
import {isMouseReport, mouseAction} from '../../source/terminal/mouse.js';

test('a press and the wheel, at cells counted from 0', () => {
	expect(mouseAction('\u001B[<0;12;7M')).toEqual({kind: 'press', column: 11, row: 6});
	expect(mouseAction('\u001B[<64;1;1M')).toEqual({kind: 'wheel', direction: -1, column: 0, row: 0});
	expect(mouseAction('\u001B[<65;1;1M')).toEqual({kind: 'wheel', direction: 1, column: 0, row: 0});
});

test.each([
	['a release', '\u001B[<0;12;7m'],
	['the right button', '\u001B[<2;12;7M'],
	['Shift, which selects text', '\u001B[<4;12;7M'],
	['Ctrl with the wheel, which changes the size of the font', '\u001B[<80;12;7M'],
	['a movement', '\u001B[<32;12;7M'],
])('%s does nothing', (_, sequence) => {
	expect(isMouseReport(sequence)).toBe(true);
	expect(mouseAction(sequence)).toBeUndefined();
});

test('other sequences are no reports', () => {
	for (const sequence of ['\u001B[A', '\u001B[<0;12M', '\u001B[<999999;1;1M', 'x']) {
		expect(isMouseReport(sequence)).toBe(false);
		expect(mouseAction(sequence)).toBeUndefined();
	}
});

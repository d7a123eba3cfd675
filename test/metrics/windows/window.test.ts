import {describe, expect, test} from 'vitest';
import {
	daysChoice,
	inWindow,
	parseWindow,
	presetChoice,
	previousWindow,
	resolveView,
	resolveWindow,
	stepView,
	type View,
	widenView,
} from '../../../source/metrics/windows/window.js';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 23, 12);
const span = {first: now - 100 * hour, last: now - hour};
const at = (preset: Parameters<typeof presetChoice>[0], end?: number): View => ({choice: presetChoice(preset), end});

test('a window holds its beginning and not its end', () => {
	const window = resolveWindow(presetChoice('1h'), now, span);
	expect(window).toEqual({from: now - hour, to: now, name: '1h'});
	expect([now - hour - 1, now - hour, now - 1, now].map(time => inWindow(time, window))).toEqual([
		false,
		true,
		true,
		false,
	]);
});

test('days are 24 hours each, back from now', () => {
	expect(resolveWindow(daysChoice(7), now, span)).toEqual({from: now - 168 * hour, to: now, name: '7d'});
});

test('all holds everything, the future included, and ends with the last request', () => {
	expect(resolveWindow({kind: 'all'}, now, span)).toEqual({from: span.first, to: span.last + 1, name: 'all'});
	expect(resolveWindow({kind: 'all'}, now, {...span, last: now + hour}).to).toBe(now + hour + 1);
	expect(resolveWindow({kind: 'all'}, now, undefined)).toEqual({from: now, to: now, name: 'all'});
});

test('an open end is the present, an open beginning the first request', () => {
	expect(resolveWindow({kind: 'between', from: now - hour, to: undefined}, now, span)).toMatchObject({
		from: now - hour,
		to: now,
	});
	expect(resolveWindow({kind: 'between', from: undefined, to: now}, now, span)).toMatchObject({
		from: span.first,
		to: now,
	});
});

test('the window before is there only where the log reaches back that far', () => {
	const window = resolveWindow(presetChoice('24h'), now, span);
	expect(previousWindow(window, span.first)).toMatchObject({from: now - 48 * hour, to: now - 24 * hour});
	expect(previousWindow(window, now - 47 * hour)).toBeUndefined();
	expect(previousWindow(resolveWindow({kind: 'all'}, now, span), span.first)).toBeUndefined();
});

describe('moving', () => {
	test('back by its length, forward to the present again', () => {
		const back = stepView(at('24h'), -1, now, span);
		expect(resolveView(back, now, span)).toMatchObject({from: now - 48 * hour, to: now - 24 * hour});
		expect(stepView(back, 1, now, span)).toEqual(at('24h'));
		expect(stepView(at('24h'), 1, now, span)).toEqual(at('24h'));
	});

	test('never beyond the present, whatever was asked for', () => {
		const open: View = {choice: {kind: 'between', from: now - 30 * hour, to: undefined}, end: undefined};
		expect(stepView(open, 1, now, span)).toBe(open);
		expect(stepView(stepView(open, -1, now, span), 1, now, span)).toEqual(open);
		const closed: View = {choice: {kind: 'between', from: now - 9 * hour, to: now - 4 * hour}, end: undefined};
		const forward = stepView(closed, 1, now, span);
		expect(resolveView(forward, now, span)).toEqual({from: now - 5 * hour, to: now, name: 'custom'});
		expect(stepView(forward, 1, now, span)).toEqual(forward);
	});

	test('not beyond the first request, and never from all', () => {
		let view = at('24h');
		for (let index = 0; index < 20; index++) {
			view = stepView(view, -1, now, span);
		}
		expect(resolveView(view, now, span)).toMatchObject({from: now - 120 * hour, to: now - 96 * hour});
		expect(stepView(at('all'), -1, now, span)).toEqual(at('all'));
	});

	test('wider and narrower, to the ends of the presets', () => {
		expect(widenView(at('24h'), 1, now, span).choice).toEqual(presetChoice('7d'));
		expect(widenView(at('24h'), -1, now, span).choice).toEqual(presetChoice('6h'));
		expect(widenView(at('15m'), -1, now, span)).toEqual(at('15m'));
		expect(widenView(at('all'), 1, now, span)).toEqual(at('all'));
		expect(widenView(at('all'), -1, now, span).choice).toEqual(presetChoice('30d'));
		expect(widenView({choice: daysChoice(3), end: undefined}, 1, now, span).choice).toEqual(presetChoice('7d'));
	});
});

test.each([
	['15m', 900_000, '15m'],
	['1w', 7 * 86_400_000, '1w'],
	['007d', 7 * 86_400_000, '7d'],
	['1.5h', 5_400_000, '1.5h'],
	[' 3 h ', 3 * 3_600_000, '3h'],
])('%j is a window', (text, length, name) => {
	expect(parseWindow(text)).toEqual({kind: 'last', length, name});
});

test.each(['', '0h', '-1h', '5', 'h', '2y', '1M', '7d2h', '1e3h', '99999999d', 'ALL', 'Infinityh'])(
	'%j is not a window',
	text => {
		expect(parseWindow(text)).toBeUndefined();
	},
);

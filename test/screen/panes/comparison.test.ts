import {expect, test} from 'vitest';
import {whyNoSide} from '../../../source/metrics/compare.js';
import {comparisonLines} from '../../../source/screen/panes/comparison.js';
import {textOf, widthOf} from '../../../source/screen/text/line.js';
import {hour, measured, reportFor, testNow} from '../../support/requests.js';
import {snapshotOf} from '../../support/snapshots.js';

const at = (minutes: number) => ({time: testNow - hour + minutes * 60_000});
const broken = snapshotOf({
	requests: [
		measured({cacheWrite5m: 20_000}, at(0)),
		measured({cacheRead: 20_000, cacheWrite5m: 1000}, at(1)),
		measured({cacheWrite5m: 21_000}, at(2)),
	],
});
const fine = reportFor([measured({cacheWrite5m: 20_000}, at(0)), measured({cacheRead: 20_000}, at(1))]);
const compared = (columns: number) => comparisonLines({...broken, against: {report: fine}}, {timeZone: 'UTC'}, columns);

test('changes of causes follow the main figures', () => {
	const {lines, sections} = compared(80);
	const labels = lines.map(line => textOf(line).split(/ {2,}/)[0] ?? '');
	const order = [
		'Hit rate',
		'Lost to breaks',
		'Why cache was lost',
		'Prefix changed',
		'All other figures',
		'Tokens read',
	];
	const places = order.map(label => labels.indexOf(label));
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	expect(places[0]).toBeGreaterThan(0);
	expect(sections.map(section => labels[section + (section === 0 ? 0 : 1)])).toEqual([
		labels[0],
		'Why cache was lost',
		'All other figures',
	]);
});

test.each([50, 36])('at %i columns this side and one more are whole', columns => {
	const {lines} = compared(columns);
	expect(lines.every(line => widthOf(line) <= columns)).toBe(true);
	expect(lines.map(textOf).find(text => text.startsWith('Lost to'))).toMatch(/\$0\.00 +\$0\.072|\$0\.072 +▲ \$0\.072/);
});

test('where not even that has room, labels are whole', () => {
	const labels = compared(28).lines.map(textOf);
	expect(labels.some(text => /^Lost to breaks +\$0\.072$/.test(text))).toBe(true);
});

test('where all has nothing before it, the keys that choose another window', () => {
	const text = (message: string) =>
		comparisonLines({...broken, against: {message}}, {timeZone: 'UTC'}, 100)
			.lines.map(textOf)
			.join(' ');
	expect(text(whyNoSide({kind: 'previous'}))).toContain('has nothing before it. 1-6 choose a window');
	expect(text(whyNoSide({kind: 'mark', name: 'x'}))).toBe('Nothing to compare with: unknown mark "x".');
});

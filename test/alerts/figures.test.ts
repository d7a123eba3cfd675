import {expect, test} from 'vitest';
import {valuesOf} from '../../source/alerts/figure-values.js';
import {figureNames, figureOf} from '../../source/alerts/figures.js';
import {toJson} from '../../source/output/json/json.js';
import schema from '../../source/output/json/schema.json' with {type: 'json'};
import {contextOf} from '../output/context.js';
import {measured, measuredDay, reportFor, request, testNow, workedExample} from '../support/requests.js';

type Node = {readonly type?: string | readonly string[]; readonly properties?: Readonly<Record<string, Node>>};

/** The numbers that a part of the schema describes, by their names with dots. */
const numbersOf = ({properties = {}}: Node, prefix: string): readonly string[] =>
	Object.entries(properties).flatMap(([key, node]) =>
		[node.type ?? []].flat().some(type => type === 'number' || type === 'integer')
			? [`${prefix}${key}`]
			: numbersOf(node, `${prefix}${key}.`),
	);

test('every single number of the schema can be checked, and nothing else but the break rate', () => {
	const {figures, breaks} = schema.$defs as unknown as Readonly<Record<string, Node>>;
	const own = [...numbersOf(figures ?? {}, ''), ...numbersOf(breaks ?? {}, 'breaks.'), 'break_rate'];
	const {blocks} = schema.properties as unknown as Readonly<Record<string, Node>>;
	const all = [...own, ...own.map(name => `previous.${name}`), ...numbersOf(blocks ?? {}, 'blocks.')];
	expect([...figureNames()].sort()).toEqual(all.sort());
});

const at = (data: unknown, path: string): unknown =>
	path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown> | null)?.[key], data);

test.each([
	['measured', measuredDay()],
	['planned', workedExample().slice(0, 50)],
	['nothing measured for a day', [request({time: testNow - 50 * 3_600_000})]],
])('the values are those of the JSON: %s', (_, requests) => {
	const report = reportFor(requests);
	const json = toJson(report, contextOf());
	const values = valuesOf(report);
	for (const name of figureNames().filter(one => !/break_rate|lost_cost/.test(one))) {
		expect(values.get(name) ?? null, name).toBe(at(json, name) ?? null);
	}
	expect(values.size).toBeGreaterThan(5);
});

test('the break rate is breaks of requests; nothing lost cost nothing', () => {
	const report = reportFor(measuredDay());
	const broken = valuesOf(report);
	expect(broken.get('breaks.lost_cost')).toBeCloseTo(report.breaks.lostCost ?? 0, 8);
	expect(broken.get('break_rate')).toBeCloseTo((100 * (broken.get('breaks.total') ?? 0)) / 7, 3);
	const whole = valuesOf(reportFor([measured({uncached: 5})]));
	expect([whole.get('break_rate'), whole.get('breaks.lost_cost')]).toEqual([0, 0]);
	expect(valuesOf(reportFor(workedExample().slice(0, 9))).has('breaks.lost_cost')).toBe(false);
});

test('a figure of the window before is called so', () => {
	expect(figureOf('previous.hit_rate')?.label).toBe('Previous hit rate');
	expect(figureOf('previous.previous.hit_rate')).toBeUndefined();
});

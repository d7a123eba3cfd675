import * as v from 'valibot';
import {expect, test} from 'vitest';
import {grafanaDashboard} from '../../../source/output/grafana/dashboard.js';
import {run} from '../../support/program.js';

/** What Grafana requires of a dashboard (the JSON model in its documentation). */
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const panel = v.object({
	id: v.pipe(count, v.minValue(1)),
	title: v.pipe(v.string(), v.minLength(1)),
	type: v.picklist(['stat', 'timeseries']),
	datasource: v.object({type: v.literal('prometheus'), uid: v.string()}),
	gridPos: v.object({
		x: count,
		y: count,
		w: v.pipe(count, v.minValue(1), v.maxValue(24)),
		h: v.pipe(count, v.minValue(1)),
	}),
	fieldConfig: v.object({defaults: v.object({unit: v.string()}), overrides: v.array(v.unknown())}),
	targets: v.pipe(
		v.array(
			v.object({
				refId: v.pipe(v.string(), v.regex(/^[A-Z]$/)),
				expr: v.pipe(v.string(), v.minLength(1)),
				legendFormat: v.string(),
			}),
		),
		v.minLength(1),
	),
});
const dashboard = v.object({
	title: v.string(),
	uid: v.pipe(v.string(), v.maxLength(40)),
	schemaVersion: count,
	time: v.object({from: v.string(), to: v.string()}),
	templating: v.object({list: v.array(v.object({name: v.string(), type: v.picklist(['datasource', 'query'])}))}),
	panels: v.array(panel),
});

test('hitrate grafana prints a dashboard that Grafana can import', async () => {
	const {stdout, stderr, code} = await run(['grafana']);
	expect({stderr, code}).toEqual({stderr: '', code: 0});
	const {panels} = v.parse(dashboard, JSON.parse(stdout));
	expect(new Set(panels.map(({id}) => id)).size).toBe(panels.length);
	for (const {gridPos, targets} of panels) {
		expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
		expect(new Set(targets.map(({refId}) => refId)).size).toBe(targets.length);
	}
});

test('no two panels lie over each other', () => {
	const {panels} = grafanaDashboard();
	for (const [index, one] of panels.entries()) {
		for (const other of panels.slice(index + 1)) {
			const [a, b] = [one.gridPos, other.gridPos];
			const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
			expect(apart, `${one.title} and ${other.title}`).toBe(true);
		}
	}
});

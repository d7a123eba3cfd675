import {expect, test} from 'vitest';
import {priceList} from '../../source/metrics/money/pricing.js';
import type {Request} from '../../source/request.js';
import {boundName, boundNames} from '../../source/text/bound-names.js';
import {contextOf, reading} from '../output/context.js';
import {reportOf, storeOf} from '../support/recount.js';
import {block, hour, measured, planned, testNow, testWindow} from '../support/requests.js';
import {harmOf} from './every-output.js';
import {nastyNames} from './nasty.js';

const prices = priceList();

/** Requests of which every name is this one, with breaks of all that can be told of them. */
const requestsNamed = (name: string): readonly Request[] => {
	const names = {thread: name, project: name, source: boundName(name) ?? '', host: name, model: name, missReason: name};
	const priced = {...names, model: 'claude-sonnet-4-5'};
	const at = (minutes: number) => testNow - 5 * hour + minutes * 60_000;
	return [
		measured({cacheWrite5m: 20_000, uncached: 300}, {...priced, id: `a ${name.slice(0, 100)}`, time: at(0)}),
		measured({cacheRead: 20_000, uncached: 300}, {...priced, time: at(1)}),
		measured({cacheWrite5m: 22_000, uncached: 300}, {...priced, time: at(2)}),
		measured({cacheWrite5m: 23_000, uncached: 300}, {...names, time: at(3)}),
		measured({cacheRead: 23_000, uncached: 300}, {...names, time: at(4)}),
		planned([block(1, 5000)], {...names, time: at(5)}),
		measured({cacheRead: 10, uncached: 300}, {time: at(6)}),
	].map(boundNames);
};

test.each(Object.entries(nastyNames))('a name that is %s harms no output', async (_, name) => {
	const requests = requestsNamed(name);
	// No path and no argument is longer.
	const path = name.slice(0, 4096);
	const report = reportOf(requests, testWindow, prices, testNow, {filter: {text: ''}});
	const context = contextOf({
		readings: [reading(path)],
		problems: [{kind: 'missing', name: path, message: `${path}: does not exist.`, count: 1}],
	});
	const parts = storeOf(requests, prices).parts(testWindow, {});
	expect(await harmOf(report, context, parts)).toEqual({});
	const filtered = reportOf(requests, testWindow, prices, testNow, {filter: {model: path, thread: path, text: path}});
	expect(await harmOf(filtered, context, parts)).toEqual({});
});

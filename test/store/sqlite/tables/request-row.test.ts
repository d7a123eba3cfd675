import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {Request} from '../../../../source/request.js';
import {Connection} from '../../../../source/store/sqlite/file/connection.js';
import type {Value} from '../../../../source/store/sqlite/file/value.js';
import {keptText, textFrom} from '../../../../source/store/sqlite/tables/kept-text.js';
import {pushRequest, requestColumns, requestFrom} from '../../../../source/store/sqlite/tables/request-row.js';

const bare: Request = {
	id: 'a',
	time: 2000,
	thread: 't',
	project: undefined,
	source: 's.log',
	host: undefined,
	model: 'm',
	plan: undefined,
	usage: {uncached: 1, cacheRead: 5, cacheWrite5m: 2, cacheWrite1h: 3, output: 4, accuracy: 'exact'},
	missReason: undefined,
	rebuilt: false,
};

/** The values of its columns. */
const valuesOf = (request: Request): readonly Value[] => {
	const values: Value[] = [];
	pushRequest(request, values);
	return values;
};

const kept = (request: Request): Request => requestFrom(['row', ...valuesOf(request)], 1, request);

test('a stored request has every field of the log', () => {
	const full: Request = {
		...bare,
		start: 1500,
		firstLine: 1400,
		plan: {
			blocks: [{number: 2, tokens: undefined, reused: true}],
			skipped: [{part: 'system', tokens: 7}],
			unsupported: false,
			hidden: true,
		},
		agent: 'explore',
		agentId: 'a1b2',
		branch: 'main',
		line: 112,
		provider: 'bedrock',
		client: 'claude-code 2.1.272',
		settings: {effort: 'high', toolChoice: 'auto'},
		priceFactors: {speed: 'fast', inferenceGeo: 'us', tier: 'batch'},
		missReason: 'tools_changed',
		missTokens: 900,
		iterations: [{uncached: 1, cacheRead: 5, cacheWrite5m: 2, cacheWrite1h: 3}],
		events: [{kind: 'slash command', detail: '/model'}, {kind: 'new turn'}],
		replica: false,
		rebuilt: true,
	};
	expect(kept(full)).toEqual(full);
});

test('what the log did not tell stays absent', () => {
	expect(kept(bare)).toEqual(bare);
	expect(kept({...bare, usage: undefined})).toEqual({...bare, usage: undefined});
	const values = valuesOf(bare);
	expect(values).toHaveLength(requestColumns.length);
	expect(values.slice(requestColumns.indexOf('line'))).toEqual(Array.from({length: 8}, () => null));
});

test('an unknown cache stays unknown', () => {
	const usage = {uncached: 9, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 1, accuracy: 'exact'} as const;
	const unknown: Request = {...bare, usage: {...usage, cacheUnknown: true}};
	expect(kept(unknown).usage).toEqual({...usage, cacheUnknown: true});
});

test.each(['a\0b', 'a\ud800b', '"a"', '', 'ü😀'])('%j is an id that stays itself in the file', id => {
	const database = new Connection(join(mkdtempSync(join(tmpdir(), 'hitrate-text-')), 'texts.db'));
	database.exec('CREATE TABLE text (kept TEXT)');
	database.run('INSERT INTO text VALUES (?)', [keptText(id)]);
	expect(textFrom(database.row('SELECT kept FROM text')?.[0] as string)).toBe(id);
	database.close();
});

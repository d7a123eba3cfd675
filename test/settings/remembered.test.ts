import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {remember, remembered} from '../../source/settings/remembered.js';
import {withFolder} from '../support/program.js';

afterEach(() => {
	vi.unstubAllEnvs();
});

const inFolder = (body: (file: string) => Promise<void>) =>
	withFolder(async folder => {
		vi.stubEnv('XDG_DATA_HOME', folder);
		mkdirSync(join(folder, 'hitrate'));
		await body(join(folder, 'hitrate', 'screen.json'));
	});

test('a theme and a sort order are remembered independently', () =>
	inFolder(async file => {
		await remember({theme: 'light'});
		await remember({orders: {breaks: {column: 'when', reversed: true}}});
		expect(remembered()).toEqual({theme: 'light', orders: {breaks: {column: 'when', reversed: true}}});
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(remembered());
	}));

test.each([
	['', {}],
	['[]', {orders: {}}],
	['{"theme": 1, "orders": {"breaks": {"column": 2}, "threads": null}}', {orders: {}}],
	['{"theme": "dark", "orders": 5}', {theme: 'dark', orders: {}}],
])('of a file that holds %j only what makes sense counts', (text, expected) =>
	inFolder(async file => {
		writeFileSync(file, text);
		expect(remembered()).toEqual(expected);
	}),
);

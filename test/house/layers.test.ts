import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, normalize, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';

const source = fileURLToPath(new URL('../../source', import.meta.url));

/**
 * The rooms of `source/` in the order of the data. A file imports from its own room and from rooms to its left only.
 * Rooms of one group share a step: they may import each other (Biome keeps circles of files out).
 */
const order: readonly (readonly string[])[] = [
	['errors.ts', 'request.ts', 'log.ts', 'scanner', 'system', 'text', 'time'],
	['network', 'terminal'],
	['sources'],
	['formats'],
	['metrics'],
	['store'],
	['ingest'],
	['glitchtip', 'demo', 'fleet'],
	['monitor'],
	['settings', 'flags'],
	['session'],
	['output'],
	['screen', 'alerts', 'diagnosis'],
	['engine', 'server', 'shell'],
	['commands'],
	['run.ts'],
	['main.ts'],
	['cli.ts', 'thread.ts'],
];

const roomOf = (path: string): string => (path.split('/')[0] ?? '').replace(/\.js$/, '.ts');
const stepOf = (path: string): number => order.findIndex(rooms => rooms.includes(roomOf(path)));

/** The files that a text imports, relative to `source/`. */
const importsOf = (path: string, text: string): readonly string[] =>
	[...text.matchAll(/(?:\bfrom |\bimport\(|^import )'(\.[^']+)'/gm)].map(([, target = '']) =>
		normalize(join(dirname(path), target)),
	);

/** What a file imports from a room that is not to its left. */
const againstTheFlow = (path: string, text: string): readonly string[] =>
	importsOf(path, text).filter(
		target =>
			!target.startsWith('..') &&
			roomOf(target) !== roomOf(path) &&
			!(stepOf(target) < stepOf(path) || (stepOf(path) === 0 && stepOf(target) === 0)),
	);

const files = readdirSync(source, {recursive: true, withFileTypes: true})
	.filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
	.map(entry => relative(source, join(entry.parentPath, entry.name)));

test('every room has its place in the order', () => {
	expect([...new Set(files.map(roomOf))].filter(room => stepOf(room) < 0)).toEqual([]);
});

test('data flows one way', () => {
	const wrong = files.flatMap(path =>
		againstTheFlow(path, readFileSync(join(source, path), 'utf8')).map(target => `${path} imports ${target}`),
	);
	expect(wrong).toEqual([]);
});

test('an import against the flow is found', () => {
	expect(againstTheFlow('store/memory.ts', "import {app} from '../screen/app.js';")).toEqual(['screen/app.js']);
	expect(againstTheFlow('formats/table.ts', "const late = () => import('../commands/run-verb.js');")).toEqual([
		'commands/run-verb.js',
	]);
	expect(againstTheFlow('alerts/notify.ts', "import {Line} from '../screen/text/line.js';")).toEqual([
		'screen/text/line.js',
	]);
	expect(
		againstTheFlow('store/memory.ts', "import type {Request} from '../request.js';\nimport './cursor.js';"),
	).toEqual([]);
});

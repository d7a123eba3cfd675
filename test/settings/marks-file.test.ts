import {appendFileSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {addMark, markName, marksPath, readMarks} from '../../source/settings/marks-file.js';
import {temporaryFolder} from '../sources/collect.js';

let folder: string;
beforeEach(() => {
	folder = temporaryFolder();
	vi.stubEnv('XDG_DATA_HOME', folder);
});
afterEach(() => {
	vi.unstubAllEnvs();
});

test('what is added is read again, private, one line each', () => {
	expect(readMarks()).toEqual([]);
	addMark({time: 5000, name: 'deploy 1.4'});
	addMark({time: 1000, name: 'a "quoted" name'});
	expect(readMarks()).toEqual([
		{time: 5000, name: 'deploy 1.4'},
		{time: 1000, name: 'a "quoted" name'},
	]);
	expect(marksPath()).toBe(join(folder, 'hitrate', 'marks.jsonl'));
	expect(statSync(marksPath()).mode & 0o777).toBe(0o600);
	expect(readFileSync(marksPath(), 'utf8').trim().split('\n')).toHaveLength(2);
});

test('lines that are no marks are left out, and hide no other', () => {
	addMark({time: 1000, name: 'first'});
	appendFileSync(
		marksPath(),
		'{"time": "soon", "name": "x"}\n{"time": 5}\nnull\n[]\nnonsense\n{"time":"2026-01-01T00:00:00Z","name":7}\n',
	);
	addMark({time: 2000, name: 'second'});
	expect(readMarks().map(({name}) => name)).toEqual(['first', 'second']);
});

test('a name is one short line that no terminal obeys', () => {
	expect(markName('  deploy\n1.4\u001B[2J ')).toBe('deploy\uFFFD1.4\uFFFD[2J');
	expect(markName('x'.repeat(500))).toHaveLength(100);
});

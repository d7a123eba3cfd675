import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {rootsOf} from '../../source/sources/roots.js';
import {temporaryFolder} from './collect.js';

test('what was named is known again as it was named, wherever its link leads by now', () => {
	const cwd = temporaryFolder();
	mkdirSync(join(cwd, 'release-1'));
	writeFileSync(join(cwd, 'release-1', 'worker.log'), '');
	symlinkSync('release-1', join(cwd, 'current'));
	const named = rootsOf(['current/worker.log'], [], cwd);
	expect(named).toEqual([join(cwd, 'current/worker.log')]);
	expect(rootsOf([join(cwd, 'current', '.', 'worker.log')], [], '/')).toEqual(named);
	expect(rootsOf(['logs/*.log', 'gone.log'], ['tail -f x'], cwd)).toEqual([
		join(cwd, 'logs/*.log'),
		join(cwd, 'gone.log'),
		'exec:tail -f x',
	]);
});

test('where nothing is named it is the logs of the current folder, or else all agents as one', () => {
	const cwd = temporaryFolder();
	expect(rootsOf([], [], cwd)).toEqual(['agents']);
	mkdirSync(join(cwd, 'logs'));
	writeFileSync(join(cwd, 'logs/worker.log'), '');
	expect(rootsOf([], [], cwd)).toEqual([join(cwd, 'logs/worker.log')]);
});

test('what can be read once only has no roots', () => {
	expect(rootsOf(['-'], [])).toBeUndefined();
	expect(rootsOf(['/dev/null'], [])).toBeUndefined();
});

import {mkdtempSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {whyUnreadable} from '../../source/system/why-unreadable.js';

test('links that lead in a circle are said as such', () => {
	const folder = mkdtempSync(join(tmpdir(), 'hitrate-'));
	const path = join(folder, 'one');
	symlinkSync('two', path);
	symlinkSync('one', join(folder, 'two'));
	try {
		readFileSync(path);
		expect.unreachable();
	} catch (error) {
		expect(whyUnreadable(error)).toBe('cannot be read: its symbolic links lead in a circle');
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test.each([
	['EACCES', 'cannot be listed: permission denied'],
	['EPERM', 'cannot be listed: permission denied'],
	['EIO', 'the disk failed'],
])('%s', (code, said) => {
	expect(whyUnreadable(Object.assign(new Error('the disk failed'), {code}), 'listed')).toBe(said);
});

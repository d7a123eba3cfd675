import {expect, test} from 'vitest';
import {isRotationOf, rotatedFrom} from '../../../../source/sources/file/history/rotated-name.js';

const rotated = [
	'x.log.1',
	'x.log.2.gz',
	'x.log.gz',
	'x.log.old',
	'x.log-20261123',
	'x.log-20261123.gz',
	'x.log-20261123-1763856000',
	'x-20261123.log',
	'x-20261123.log.gz',
	'x.1.log',
	'x.1.log.gz',
	'x.log.2025-10-20',
	'x.log.2025-10-20_08-15-30',
	'x.log.20251020-081530.gz',
	'x__2025-10-20_00-00-00.log',
	'x.2025-10-20_08-15-30_123456.log',
];

test.each(rotated)('%s is a rotation of x.log', name => {
	expect(isRotationOf('x.log', name)).toBe(true);
	expect(rotatedFrom(name)).toContain('x.log');
});

test.each([
	'x.log',
	'y.log.1',
	'x.log.swp',
	'x-2.log',
	'x-web.log',
	'x.log.bak',
	'xx.log.1',
	'x.log.12345',
	'x.txt.1',
	'x',
])('%s is not', name => {
	expect(isRotationOf('x.log', name)).toBe(false);
	expect(rotatedFrom(name)).not.toContain('x.log');
});

test('logs without an extension', () => {
	expect(isRotationOf('messages', 'messages.1')).toBe(true);
	expect(isRotationOf('messages', 'messages-20261123.gz')).toBe(true);
	expect(isRotationOf('messages', 'messages.log')).toBe(false);
});

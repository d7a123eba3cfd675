import {describe, expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {defaultListen, isLocal, parseListen} from '../../source/server/listen-address.js';

describe('--listen', () => {
	test.each([
		['127.0.0.1:9000', {kind: 'tcp', host: '127.0.0.1', port: 9000}, true],
		['localhost:0', {kind: 'tcp', host: 'localhost', port: 0}, true],
		['127.9.9.9:80', {kind: 'tcp', host: '127.9.9.9', port: 80}, true],
		['[::1]:80', {kind: 'tcp', host: '::1', port: 80}, true],
		['unix:/run/hitrate.sock', {kind: 'unix', path: '/run/hitrate.sock'}, true],
		[':80', {kind: 'tcp', host: '::', port: 80}, false],
		['0.0.0.0:80', {kind: 'tcp', host: '0.0.0.0', port: 80}, false],
		['[::]:80', {kind: 'tcp', host: '::', port: 80}, false],
		['192.168.1.4:80', {kind: 'tcp', host: '192.168.1.4', port: 80}, false],
		['127.0.0.1.example.com:80', {kind: 'tcp', host: '127.0.0.1.example.com', port: 80}, false],
	] as const)('%s', (text, address, local) => {
		expect(parseListen(text)).toEqual(address);
		expect(isLocal(address)).toBe(local);
	});

	test.each(['', '9000', 'host', 'host:', 'host:65536', 'host:-1', 'a b:80', '::1:80', '[host]:80', 'http://x:80'])(
		'"%s" is none',
		text => {
			expect(() => parseListen(text)).toThrow(UsageError);
		},
	);

	test.each(['unix:', 'unix:run/a.sock', `unix:/${'x'.repeat(200)}`, 'unix:/a\0b'])('%s is no socket', text => {
		expect(() => parseListen(text)).toThrow(/--listen: a socket needs/);
	});

	test('is this machine only by default', () => {
		expect(isLocal(defaultListen)).toBe(true);
	});
});

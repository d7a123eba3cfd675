import {expect, test} from 'vitest';
import {isLoopback} from '../../source/network/loopback.js';

test.each(['localhost', 'LOCALHOST', 'api.localhost', '127.0.0.1', '127.8.9.10', '::1', '[::1]', '::ffff:127.0.0.1'])(
	'%s is this machine',
	host => {
		expect(isLoopback(host)).toBe(true);
	},
);

test.each([
	'',
	'localhost.example.com',
	'notlocalhost',
	'.localhost',
	'127.0.0.1.example.com',
	'127.0.0.256',
	'128.0.0.1',
	'0.0.0.0',
	'::',
	'::2',
	'[::1',
	'::ffff:10.0.0.1',
])('"%s" may be another machine', host => {
	expect(isLoopback(host)).toBe(false);
});

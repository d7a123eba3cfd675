import {expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {isClickhouseAddress, parseClickhouseAddress} from '../../../source/fleet/table/address.js';

test.each([
	['clickhouse+https://ch.example.com:9443/logs', ['https://ch.example.com:9443'], 'logs'],
	['clickhouse+https://ch.example.com', ['https://ch.example.com:8443'], 'hitrate'],
	['clickhouse+https://ch.example.com:443/', ['https://ch.example.com:443'], 'hitrate'],
	['ClickHouse+HTTPS://CH.example.com/hitrate/', ['https://ch.example.com:8443'], 'hitrate'],
	['clickhouse+http://127.0.0.1/x', ['http://127.0.0.1:8123'], 'x'],
	['clickhouse+http://localhost:80/x', ['http://localhost:80'], 'x'],
	['clickhouse+http://[::1]:28123/x', ['http://[::1]:28123'], 'x'],
	['clickhouse+https://a:1,b,[2001:db8::1]:3/x', ['https://a:1', 'https://b:8443', 'https://[2001:db8::1]:3'], 'x'],
])('%s', (text, servers, database) => {
	expect(isClickhouseAddress(text)).toBe(true);
	const address = parseClickhouseAddress(text);
	expect(address).toMatchObject({servers, database});
	expect(parseClickhouseAddress(address.name)).toEqual(address);
});

test.each([
	'clickhouse://ch.example.com/hitrate',
	'clickhouse+https://',
	'clickhouse+https:///hitrate',
	'clickhouse+https://a,,b/hitrate',
	'clickhouse+https://ch.example.com:notaport/hitrate',
	'clickhouse+https://ch.example.com/hitrate?user=a&password=secret',
	'clickhouse+https://ch.example.com/hitrate#x',
	'clickhouse+https://ch.example.com/a/b',
	'clickhouse+https://ch.example.com/a;DROP',
	'clickhouse+https://ch.example.com/1a',
	'clickhouse+ftp://ch.example.com/hitrate',
	'clickhouse+https://user:secret@ch.example.com/hitrate',
	'clickhouse+https://a,user:secret@b/hitrate',
])('%s is refused, without repeating a secret', text => {
	expect(isClickhouseAddress(text)).toBe(true);
	expect(() => parseClickhouseAddress(text)).toThrow(UsageError);
	expect(() => parseClickhouseAddress(text)).not.toThrow(/secret/);
});

test.each([
	'clickhouse+http://ch.example.com/x',
	'clickhouse+http://127.0.0.1.example.com/x',
	'clickhouse+http://127.0.0.1,10.0.0.1/x',
])('%s would send the password unencrypted', text => {
	expect(() => parseClickhouseAddress(text)).toThrow(/unencrypted/);
});

test('a file is no ClickHouse', () => {
	expect(['clickhouse.log', './clickhouse+x', 'logs/clickhouse:1'].some(isClickhouseAddress)).toBe(false);
});

import {expect, test} from 'vitest';
import {isPostgresAddress, parsePostgresAddress} from '../../../source/sources/postgres/address.js';

test.each([
	[
		'postgres://localhost/litellm',
		'postgres://localhost:5432/litellm',
		{host: 'localhost', port: 5432, tls: 'disable'},
	],
	[
		'postgresql://me@db.example.com:6432/a%20b',
		'postgres://db.example.com:6432/a%20b',
		{user: 'me', database: 'a b', tls: 'verify-full'},
	],
	['POSTGRES://[::1]/x', 'postgres://[::1]:5432/x', {host: '::1', tls: 'disable'}],
	['postgres://h/x?sslmode=require', 'postgres://h:5432/x', {tls: 'require'}],
	['postgres://h/x?table=audit.spend', 'postgres://h:5432/x?table=audit.spend', {table: ['audit', 'spend']}],
])('%s', (text, name, fields) => {
	expect(isPostgresAddress(text)).toBe(true);
	expect(parsePostgresAddress(text)).toMatchObject({name, ...fields});
});

test.each([
	['postgres:', /^a LiteLLM database is written postgres:\/\/host/],
	['postgres://host', /is written/],
	['postgres://host/a/b', /is written/],
	['postgres://host/%zz', /is written/],
	['postgres://h/x?sslmode=prefer', /unknown sslmode "prefer". Choose from disable, require, verify-full/],
	['postgres://h/x?tabel=y', /unknown parameter "tabel". Choose from table, sslmode/],
	['postgres://h/x?table=a"b', /not a valid table name/],
])('%s is refused', (text, words) => {
	expect(() => parsePostgresAddress(text)).toThrow(words);
});

test('a password in an address is refused, and not repeated', () => {
	expect(() => parsePostgresAddress('postgres://me:hunter2@h/x')).toThrow(/Set PGPASSWORD/);
	expect(() => parsePostgresAddress('postgres://me:hunter2@h/x')).not.toThrow(/hunter2/);
});

test('paths are no addresses', () => {
	expect(['postgres.log', './postgres:', '/var/log/postgres'].some(isPostgresAddress)).toBe(false);
});

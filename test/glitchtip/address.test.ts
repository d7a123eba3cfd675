import {expect, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {isAddress, parseAddress} from '../../source/glitchtip/address.js';
import {parseDsn} from '../../source/glitchtip/dsn.js';

test.each([
	['glitchtip+https://errors.example.com/acme/suna', 'https://errors.example.com', 'acme', 'suna'],
	['GlitchTip+HTTPS://Errors.Example.com/acme/suna/', 'https://errors.example.com', 'acme', 'suna'],
	[
		'glitchtip+https://example.com:8443/tools/errors/acme/suna-1.x',
		'https://example.com:8443/tools/errors',
		'acme',
		'suna-1.x',
	],
	['glitchtip+http://localhost:8000/acme/suna', 'http://localhost:8000', 'acme', 'suna'],
	['glitchtip+http://[::1]:8000/acme/suna', 'http://[::1]:8000', 'acme', 'suna'],
])('%s', (text, base, organization, project) => {
	const name = `glitchtip+${base}/${organization}/${project}`;
	expect(parseAddress(text)).toEqual({name, base, organization, project});
	expect(isAddress(text)).toBe(true);
});

test.each([
	['https://errors.example.com/acme/suna', 'glitchtip+https://host'],
	['glitchtip+ftp://host/acme/suna', 'glitchtip+https://host'],
	['glitchtip+https://host/suna', 'organization/project'],
	['glitchtip+https://host/acme/su%2fna', 'organization/project'],
	['glitchtip+https://host/acme/suna?token=hush', 'organization/project'],
	['glitchtip+http://errors.example.com/acme/suna', 'unencrypted'],
	['glitchtip+http://127.0.0.1.example.com/acme/suna', 'unencrypted'],
	['glitchtip+https://hush@host/acme/suna', 'HITRATE_GLITCHTIP_TOKEN'],
	['glitchtip+https://user:hush@host/acme/suna', 'HITRATE_GLITCHTIP_TOKEN'],
])('%s is refused, and no secret repeated', (text, words) => {
	expect(() => parseAddress(text)).toThrow(UsageError);
	expect(() => parseAddress(text)).toThrow(words);
	expect(() => parseAddress(text)).not.toThrow('hush');
});

test('a file is no address', () => {
	expect(isAddress('glitchtip.log')).toBe(false);
	expect(isAddress('logs/glitchtip+x')).toBe(false);
});

test.each([
	['https://abc@errors.example.com/7', 'https://errors.example.com/api/7/envelope/'],
	[' https://abc@example.com:8443/tools/7\n', 'https://example.com:8443/tools/api/7/envelope/'],
	['http://abc:old-secret@127.0.0.1:8000/12', 'http://127.0.0.1:8000/api/12/envelope/'],
])('DSN %s', (text, endpoint) => {
	const dsn = parseDsn(text);
	expect(dsn.endpoint.href).toBe(endpoint);
	expect(dsn.key).toBe('abc');
});

test.each([
	['hush'],
	['https://errors.example.com/7'],
	['https://hush@host/suna'],
	['ftp://hush@host/7'],
	['https://hush@host/'],
])('%s is no DSN, and not repeated', text => {
	expect(() => parseDsn(text)).toThrow(UsageError);
	expect(() => parseDsn(text)).not.toThrow('hush');
});

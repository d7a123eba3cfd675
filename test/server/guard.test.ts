import {describe, expect, test} from 'vitest';
import {admit, tokenFor} from '../../source/server/guard.js';
import {parseListen} from '../../source/server/listen-address.js';

const local = parseListen('127.0.0.1:9000');
const outside = parseListen('0.0.0.0:9000');
const token = 'dd3a1a0d5a6b4c0f9e11';

describe('a token', () => {
	test('is needed where others reach the server', () => {
		expect(() => tokenFor(outside, {})).toThrow(/set HITRATE_SERVE_TOKEN/);
		expect(() => tokenFor(outside, {HITRATE_SERVE_TOKEN: ' '})).toThrow(/set HITRATE_SERVE_TOKEN/);
		expect(tokenFor(outside, {HITRATE_SERVE_TOKEN: `${token}\n`})).toBe(token);
		expect(tokenFor(local, {})).toBeUndefined();
		expect(tokenFor(parseListen('unix:/a'), {})).toBeUndefined();
	});

	test('that can be guessed is refused without being repeated', () => {
		for (const weak of ['secret', 'secret secret secret secret']) {
			expect(() => tokenFor(local, {HITRATE_SERVE_TOKEN: weak})).toThrow(/^(?!.*secret).*at least 16/);
		}
	});
});

describe('a request', () => {
	test('that names no host comes from no browser, and is answered', () => {
		expect(() => admit({address: local, token: undefined}, {})).not.toThrow();
	});

	test.each(['127.0.0.1:9000', 'localhost:1', 'LOCALHOST', '[::1]:9000', '127.0.0.1'])('to %s is answered', host => {
		expect(() => admit({address: local, token: undefined}, {host})).not.toThrow();
	});

	test.each(['', 'evil.example', 'localhost.evil.example:9000', '127.0.0.1@evil.example', '[', '10.0.0.1'])(
		'to %s, which a browser may take for this machine, is not',
		host => {
			expect(() => admit({address: local, token: undefined}, {host})).toThrow(expect.objectContaining({status: 403}));
		},
	);

	test('with the token is answered, whatever the host', () => {
		const guard = {address: outside, token};
		const basic = (words: string) => `Basic ${Buffer.from(words).toString('base64')}`;
		for (const authorization of [`Bearer ${token}`, basic(`anybody:${token}`), basic(`:${token}`)]) {
			expect(() => admit(guard, {host: 'metrics.example', authorization})).not.toThrow();
		}
		for (const authorization of [basic(token), basic(`${token}:`), basic(`anybody:${token}x`), 'Basic', 'Basic %%%']) {
			expect(() => admit(guard, {host: 'metrics.example', authorization})).toThrow(
				expect.objectContaining({status: 401, headers: {'WWW-Authenticate': expect.stringContaining('Basic realm=')}}),
			);
		}
		for (const authorization of [
			undefined,
			'',
			token,
			`Basic ${token}`,
			`Bearer ${token}x`,
			'Bearer ',
			`Bearer ${token.slice(1)}`,
		]) {
			expect(() => admit(guard, {host: 'localhost', ...(authorization !== undefined && {authorization})})).toThrow(
				expect.objectContaining({status: 401}),
			);
		}
	});

	test('through a socket needs no host', () => {
		expect(() => admit({address: parseListen('unix:/a'), token: undefined}, {})).not.toThrow();
	});
});

import {expect, test} from 'vitest';
import {clickhouseErrorOf} from '../../../source/fleet/table/to-clickhouse-error.js';

const told = (error: unknown) => {
	const {message, isPassing, code} = clickhouseErrorOf(error, 'ch:8443');
	return {message, isPassing, code};
};

test('what an old server says', () => {
	const old = (code: number, text: string) =>
		new Error(`Code: ${code}, e.displayText() = DB::Exception: ${text}, e.what() = DB::Exception\n`);
	expect(told(old(60, "Table default.request doesn't exist."))).toEqual({
		message: 'ch:8443: there is no table of requests: make it with hitrate fleet init',
		isPassing: false,
		code: 60,
	});
	expect(told(old(193, 'Wrong password for user ship'))).toMatchObject({isPassing: false, code: 193});
	expect(told(old(241, 'Memory limit (total) exceeded'))).toEqual({
		message: 'ch:8443: Memory limit (total) exceeded',
		isPassing: true,
		code: 241,
	});
});

test('what a current server says', () => {
	const error = Object.assign(new Error('Not enough privileges. '), {code: '497', type: 'ACCESS_DENIED'});
	expect(told(error)).toEqual({
		message:
			'ch:8443: the user lacks a privilege: set HITRATE_CLICKHOUSE_USER to hitrate_shipper to ship, to hitrate_keeper to keep, to an administrator to set up',
		isPassing: false,
		code: 497,
	});
});

test.each([
	[Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {code: 'ECONNREFUSED'}), 'connection refused'],
	[Object.assign(new Error('read ECONNRESET'), {code: 'ECONNRESET'}), 'the connection broke'],
	[new Error('Timeout error.'), 'no answer in time'],
	[new Error('<html>\u001b[31mBad gateway</html>'), 'not an answer of ClickHouse: <html>\ufffd[31mBad gateway</html>'],
])('what comes from the network may be over soon', (error, reason) => {
	expect(told(error)).toEqual({message: `ch:8443: ${reason}`, isPassing: true, code: undefined});
});

test.each([
	['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\): HITRATE_CLICKHOUSE_CA/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /not trusted/],
	['ERR_TLS_CERT_ALTNAME_INVALID', /not trusted/],
	['EPROTO', /speaks no TLS/],
])('%s is no matter of waiting', (code, words) => {
	const {message, isPassing} = told(Object.assign(new Error('x'), {code}));
	expect(message).toMatch(words);
	expect(isPassing).toBe(false);
});

test('a message is one line, whatever the server says', () => {
	const {message} = told(new Error(`Code: 27. DB::Exception: Cannot parse\n\u001b]0;x\u0007${'y'.repeat(5000)}`));
	expect(message).not.toMatch(/[\n\u001b\u0007]/);
	expect(message.length).toBeLessThan(250);
});

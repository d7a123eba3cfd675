import {afterEach, beforeEach, expect, test} from 'vitest';
import {postJson} from '../../../source/alerts/channels/post.js';
import {Receiver} from '../receiver.js';

let receiver: Receiver;

beforeEach(async () => {
	receiver = await Receiver.start();
});

afterEach(() => receiver.stop());

const post = () => postJson(new URL(receiver.url('/services/T0/secret')), '{}');

test('posts JSON', async () => {
	await post();
	expect(receiver.received).toMatchObject([
		{path: '/services/T0/secret', body: '{}', headers: {'content-type': 'application/json; charset=utf-8'}},
	]);
});

test.each([
	[404, {}, {message: 'answered 404', isFinal: true, retryAfter: undefined}],
	[500, {}, {message: 'answered 500', isFinal: false, retryAfter: undefined}],
	[429, {'retry-after': '120'}, {message: 'answered 429', isFinal: false, retryAfter: 120_000}],
	[429, {'retry-after': '999999'}, {isFinal: false, retryAfter: 3_600_000}],
	[503, {'retry-after': 'soon'}, {isFinal: false, retryAfter: undefined}],
])('says what is wrong with an answer of %i %j', async (status, headers, error) => {
	receiver.answer = {status, headers};
	await expect(post()).rejects.toMatchObject(error);
});

test('takes the secret address to no other place', async () => {
	const other = await Receiver.start();
	receiver.answer = {status: 307, headers: {location: other.url()}};
	await expect(post()).rejects.toMatchObject({
		message: expect.stringMatching(/^answered 307, and redirects are not followed/),
		isFinal: true,
		isGivenUp: true,
	});
	expect(other.received).toEqual([]);
	await other.stop();
});

test('says why there is no connection, without the address', async () => {
	const url = new URL(receiver.url('/services/T0/secret'));
	await receiver.stop();
	await expect(postJson(url, '{}')).rejects.toThrow(/^connection refused$/);
	receiver = await Receiver.start();
});

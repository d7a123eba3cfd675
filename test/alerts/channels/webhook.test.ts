import {createHmac} from 'node:crypto';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {signatureHeaders} from '../../../source/alerts/channels/signature.js';
import {webhookChannel} from '../../../source/alerts/channels/webhook.js';
import {alert, verdict} from '../alerts.js';
import {Receiver} from '../receiver.js';

let receiver: Receiver;

beforeEach(async () => {
	receiver = await Receiver.start();
});

afterEach(() => receiver.stop());

test('sends what failed, why, and the figures under the names of the report', async () => {
	await webhookChannel('webhook', {url: receiver.url()}).send(alert());
	const [body] = receiver.bodies();
	expect(body).toMatchObject({
		schema_version: 1,
		kind: 'failed',
		incident: '0123456789abcdef',
		delivery: '0123456789abcdef.failed',
		title: 'api logs',
		text: 'Prompt cache check failed: api logs: Hit rate 61.2 % against 70 %',
		time: '2026-11-22T09:12:00.000Z',
		checks: [
			{
				rule: 'hit_rate < 70',
				state: 'failed',
				value: 61.2,
				limit: 70,
				cause: 'Threads changed their model in 3 requests',
			},
		],
		window: {from: '2026-11-21T09:12:00.000Z', to: '2026-11-22T09:12:00.000Z', name: '24h'},
		figures: {basis: 'measured', cache_hits: 3, cache_misses: 4},
	});
});

test('signs name, time and body, so that a receiver knows them', async () => {
	await webhookChannel('webhook', {url: receiver.url(), secret: 'shared'}).send(alert());
	const [received] = receiver.received;
	const headers = received?.headers ?? {};
	const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${received?.body}`;
	expect(headers['webhook-id']).toBe('0123456789abcdef.failed');
	expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', 'shared').update(signed).digest('base64')}`);
});

test('without a secret nothing is signed', async () => {
	await webhookChannel('webhook', {url: receiver.url()}).send(alert());
	expect(receiver.received[0]?.headers['webhook-signature']).toBeUndefined();
});

// The example of the Standard Webhooks specification.
test('signs as the specification does', () => {
	expect(
		signatureHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
			id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
			timestamp: 1_614_265_330,
			body: '{"test": 2432232314}',
		}),
	).toEqual({
		'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
		'webhook-timestamp': '1614265330',
		'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
	});
});

test('what comes from logs is bounded and harmless', async () => {
	const verdicts = Array.from({length: 500}, () => verdict(61, {cause: `\u001B[31m${'x'.repeat(100_000)}`}));
	await webhookChannel('webhook', {url: receiver.url()}).send(alert({verdicts, title: `a\nb${'y'.repeat(10_000)}`}));
	const [{body} = {body: ''}] = receiver.received;
	expect(body.length).toBeLessThan(100_000);
	expect(body).not.toMatch(/\\u001b|\\n/i);
});

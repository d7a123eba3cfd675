import {expect, test} from 'vitest';
import type {Alert} from '../../source/alerts/alert.js';
import {sendAlert} from '../../source/alerts/channels/glitchtip-alert.js';
import {UsageError} from '../../source/errors.js';
import {sendEnvelope} from '../../source/glitchtip/send-envelope.js';
import {measuredDay, reportFor, testNow} from '../support/requests.js';
import {envelopeServer, json, key, serve} from './servers.js';

const event = {
	identity: 'one',
	time: testNow,
	level: 'info',
	message: 'Zähler 🔥',
	fingerprint: ['hitrate'],
	tags: {source: 'x'.repeat(300)},
	contexts: {},
} as const;

const alert = (parts: Partial<Alert> = {}): Alert => ({
	kind: 'failed',
	incident: 'i1',
	verdicts: [
		{
			rule: 'hit_rate < 70',
			text: 'Hit rate 61.2 % is below 70 % (by 8.8 points)',
			state: 'failed',
			value: 61.2,
			limit: 70,
			cause: 'Model switched 12 times',
		},
	],
	title: 'worker.log',
	report: reportFor(measuredDay()),
	time: testNow,
	...parts,
});

test('an envelope is taken, and the id that the server gave it returned', async () => {
	const server = await envelopeServer();
	const id = await sendEnvelope(server.dsn, event);
	expect(server.complaints).toEqual([]);
	expect(server.received).toMatchObject([
		{event: {event_id: id, message: 'Zähler 🔥', level: 'info', platform: 'other'}},
	]);
	expect(server.received[0]?.event.tags).toEqual({source: 'x'.repeat(200)});
});

test('the same thing sent again is the same event, another thing is another', async () => {
	const server = await envelopeServer();
	const ids = [await sendEnvelope(server.dsn, event), await sendEnvelope(server.dsn, event)];
	expect(ids[0]).toBe(ids[1]);
	expect(await sendEnvelope(server.dsn, {...event, identity: 'two'})).not.toBe(ids[0]);
});

test('an alert and its recovery are one issue of two events, the next incident is another', async () => {
	const server = await envelopeServer();
	await sendAlert(server.dsn, alert());
	await sendAlert(server.dsn, alert({kind: 'recovered'}));
	await sendAlert(server.dsn, alert({incident: 'i2'}));
	expect(server.complaints).toEqual([]);
	const events = server.received.map(received => received.event);
	expect(events.map(({level}) => level)).toEqual(['error', 'info', 'error']);
	const fingerprints = events.map(({fingerprint}) => JSON.stringify(fingerprint));
	expect(fingerprints[0]).toBe(fingerprints[1]);
	expect(fingerprints[2]).not.toBe(fingerprints[0]);
	expect(new Set(events.map(({event_id: id}) => id)).size).toBe(3);
	expect(events[0]).toMatchObject({
		message: expect.stringMatching(/worker\.log.*Hit rate 61\.2 % is below 70 %/),
		contexts: {check: {verdicts: [{rule: 'hit_rate < 70', value: 61.2, cause: 'Model switched 12 times'}]}},
	});
});

test('an infinite change is no number in JSON', async () => {
	const server = await envelopeServer();
	const [verdict] = alert().verdicts;
	await sendAlert(server.dsn, alert({verdicts: verdict ? [{...verdict, value: Number.POSITIVE_INFINITY}] : []}));
	expect(server.received[0]?.event.contexts).toMatchObject({check: {verdicts: [{value: null, limit: 70}]}});
});

test('names from logs are made harmless in the title', async () => {
	const server = await envelopeServer();
	await sendAlert(server.dsn, alert({title: 'worker\u001b[31m\n.log'}));
	expect(server.received[0]?.event.message).not.toMatch(/[\u001b\n]/);
});

test.each([
	[429, {retryAfter: 7000, isFinal: false}],
	[503, {retryAfter: 7000, isFinal: false}],
	[400, {isFinal: true}],
	[401, {isFinal: true}],
	[302, {isFinal: true}],
])('%i: whether and when to try again, without the key', async (status, expected) => {
	const server = await envelopeServer([
		(_, response) => json(response, status, {detail: key}, {'retry-after': '7', location: 'http://127.0.0.1:1/'}),
	]);
	const error = await sendAlert(server.dsn, alert()).catch(thrown => thrown);
	expect(error).toMatchObject({name: 'DeliveryError', message: expect.stringContaining(String(status)), ...expected});
	expect(error.message).not.toContain(key);
});

test.each([['OK'], ['{}'], ['null'], ['{"id": 5}'], [`{"id": "${key}", "more": "${'x'.repeat(100_000)}"}`]])(
	'an answer that is not GlitchTip’s',
	async text => {
		const server = await envelopeServer([(_, response) => json(response, 200, text)]);
		await expect(sendAlert(server.dsn, alert())).rejects.toMatchObject({name: 'DeliveryError'});
	},
);

test('a server that is not there, and a DSN that is none', async () => {
	const base = await serve(() => {});
	const dsn = `${base.replace('//', `//${key}@`).replace(/\d+$/, '1')}/7`;
	const error = await sendAlert(dsn, alert()).catch(thrown => thrown);
	expect(error).toMatchObject({name: 'DeliveryError', isFinal: false});
	expect(error.message).not.toContain(key);
	await expect(sendAlert(key, alert())).rejects.toBeInstanceOf(UsageError);
});

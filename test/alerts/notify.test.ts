import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {Channel} from '../../source/alerts/alert.js';
import {emailChannel} from '../../source/alerts/channels/email.js';
import {webhookChannel} from '../../source/alerts/channels/webhook.js';
import {type NotifyOptions, notify, sendTest} from '../../source/alerts/notify.js';
import {report, verdict} from './alerts.js';
import {header, MailReceiver} from './mail-receiver.js';
import {Receiver} from './receiver.js';

const minute = 60_000;
const start = Date.UTC(2026, 10, 23, 9);

let folder = '';
let receiver: Receiver;
let mail: MailReceiver;
let channels: readonly Channel[] = [];

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'hitrate-notify-'));
	receiver = await Receiver.start();
	mail = await MailReceiver.start({disabledCommands: ['STARTTLS', 'AUTH']});
	channels = [
		webhookChannel('webhook', {url: receiver.url(), secret: 'shared'}),
		emailChannel('email', {url: `smtp://127.0.0.1:${mail.port}`, to: ['ops@example.com'], from: 'hitrate@example.com'}),
	];
});

afterEach(async () => {
	await Promise.all([receiver.stop(), mail.stop()]);
	await rm(folder, {recursive: true, force: true});
});

/** Every call stands for a process of its own: all that it knows is in the file. */
const run = (value: number | undefined, minutes: number, parts: Partial<NotifyOptions> = {}) =>
	notify({
		verdicts: [verdict(value)],
		report,
		title: 'api logs',
		channels,
		now: start + minutes * minute,
		statePath: join(folder, 'data', 'alerts.json'),
		scope: '/srv/api/worker.log',
		retries: {tries: 1, wait: 0, deadline: 60_000},
		...parts,
	});

const subjects = () => mail.mails.map(mailed => header(mailed, 'Subject')?.split(':')[0]);

test('a drop, a restart in its middle, a recovery: one message each on each channel, of one incident', async () => {
	const results = [];
	for (const [index, value] of [84, 61, 60, undefined, 62, 70.5, 75, 80].entries()) {
		results.push(await run(value, index));
	}
	expect(receiver.kinds()).toEqual(['failed', 'recovered']);
	expect(subjects()).toEqual(['Prompt cache check failed', 'Prompt cache check recovered']);
	const [failed, recovered] = receiver.bodies();
	expect(recovered?.incident).toBe(failed?.incident);
	expect(failed?.delivery).not.toBe(recovered?.delivery);
	expect(results.map(({sent}) => sent.map(({channel}) => channel).join())).toEqual([
		'',
		'webhook,email',
		'',
		'',
		'',
		'',
		'webhook,email',
		'',
	]);
	const [one, other] = mail.mails;
	expect(one && header(one, 'Message-ID')).toBe(`<${failed?.incident}.failed@example.com>`);
	expect(other && header(other, 'In-Reply-To')).toBe(one && header(one, 'Message-ID'));
});

test('the next failure is another incident', async () => {
	for (const [index, value] of [61, 75, 61].entries()) {
		await run(value, index * 600);
	}
	expect(receiver.kinds()).toEqual(['failed', 'recovered', 'failed']);
	const [first, , next] = receiver.bodies();
	expect(next?.incident).not.toBe(first?.incident);
});

test('a flapping rate sends one failure and one recovery', async () => {
	for (let index = 0; index < 30; index++) {
		await run([69, 71, 50, 90][index % 4], index);
	}
	expect(receiver.kinds()).toEqual(['failed', 'recovered']);
	expect(mail.mails).toHaveLength(2);
});

test('the cooldown is what the user says', async () => {
	for (let index = 0; index < 6; index++) {
		await run(index % 2 === 0 ? 50 : 90, index, {damping: {cooldown: 0}});
	}
	expect(receiver.kinds()).toEqual(['failed', 'recovered', 'failed', 'recovered', 'failed', 'recovered']);
});

test('a dead channel delays no other, and hears of the failure once when it is back', async () => {
	receiver.answer = {status: 503};
	const first = await run(61, 0);
	expect(first.sent.map(({channel}) => channel)).toEqual(['email']);
	expect(first.failed).toMatchObject([{channel: 'webhook', kind: 'failed', reason: 'answered 503'}]);
	expect(first.failed[0]?.next).toBeGreaterThan(start);
	await run(61, 5);
	expect(receiver.received).toHaveLength(2);
	receiver.answer = {status: 200};
	const back = await run(61, 10);
	expect(back.sent.map(({channel}) => channel)).toEqual(['webhook']);
	await run(61, 60);
	await run(75, 61);
	expect(receiver.kinds()).toEqual(['failed', 'failed', 'failed', 'recovered']);
	expect(new Set(receiver.received.slice(0, 3).map(({headers}) => headers['webhook-id'])).size).toBe(1);
	expect(mail.mails).toHaveLength(2);
});

test('a channel that hangs is abandoned after its deadline; the others have been notified meanwhile', async () => {
	receiver.answer = undefined;
	const result = await run(61, 0, {retries: {tries: 1, wait: 0, deadline: 3000}});
	expect(result.sent.map(({channel}) => channel)).toEqual(['email']);
	expect(result.failed).toMatchObject([{channel: 'webhook', reason: 'no answer in time'}]);
});

test('a hiccup is waited for where there are tries left', async () => {
	let tries = 0;
	const shaky: Channel = {
		name: 'shaky',
		send: async () => {
			tries++;
			if (tries < 3) {
				throw new Error('not now');
			}
		},
	};
	const result = await run(61, 0, {channels: [shaky], retries: {tries: 3, wait: 1, deadline: 60_000}});
	expect(result).toMatchObject({sent: [{channel: 'shaky'}], failed: []});
	expect(tries).toBe(3);
});

test('what is refused for good is not tried again at once', async () => {
	receiver.answer = {status: 404};
	await run(61, 0, {retries: {tries: 3, wait: 1, deadline: 60_000}});
	expect(receiver.received).toHaveLength(1);
});

test('two at once tell each channel once', async () => {
	const results = await Promise.all([run(61, 0), run(61, 0), run(60, 0)]);
	expect(receiver.kinds()).toEqual(['failed']);
	expect(mail.mails).toHaveLength(1);
	expect(results.flatMap(({sent}) => sent)).toHaveLength(2);
});

test('who dies over a message leaves it to the next, once that is certain', async () => {
	const stop = new AbortController();
	receiver.answer = undefined;
	const dying = run(61, 0, {signal: stop.signal});
	await expect.poll(() => [receiver.received.length, mail.mails.length]).toEqual([1, 1]);
	stop.abort();
	expect((await dying).failed).toMatchObject([{channel: 'webhook', reason: 'interrupted'}]);
	receiver.answer = {status: 200};
	await run(61, 4);
	expect(receiver.received).toHaveLength(1);
	await run(61, 6);
	await run(61, 7);
	const ids = receiver.received.map(({headers}) => headers['webhook-id']);
	expect(ids).toHaveLength(2);
	expect(new Set(ids).size).toBe(1);
	expect(mail.mails).toHaveLength(1);
});

test('a clock that is put back repeats nothing and holds nothing back', async () => {
	await run(61, 60 * 24 * 365);
	await run(61, 0);
	await run(75, 1);
	await run(75, 2);
	expect(receiver.kinds()).toEqual(['failed', 'recovered']);
	await run(61, 2 + 6 * 60);
	expect(receiver.kinds()).toEqual(['failed', 'recovered', 'failed']);
});

test('sets of sources know nothing of each other', async () => {
	await run(61, 0);
	await run(61, 1, {scope: '/srv/web/worker.log'});
	expect(receiver.kinds()).toEqual(['failed', 'failed']);
});

test('a dry run says what would be sent, sends and remembers nothing', async () => {
	const result = await run(61, 0, {dryRun: true});
	expect(result).toMatchObject({
		sent: [],
		failed: [],
		wouldSend: [
			{channel: 'webhook', kind: 'failed', text: verdict(61).text},
			{channel: 'email', kind: 'failed', text: verdict(61).text},
		],
	});
	expect(receiver.received).toEqual([]);
	await run(61, 1);
	expect((await run(61, 2, {dryRun: true})).wouldSend).toEqual([]);
	expect((await run(90, 2, {dryRun: true})).wouldSend).toMatchObject([{kind: 'recovered'}, {kind: 'recovered'}]);
	expect(receiver.kinds()).toEqual(['failed']);
});

test('a test reaches every channel each time and is no incident', async () => {
	const options = {report, title: 'api logs', channels, now: start};
	expect((await sendTest(options)).sent.map(({channel}) => channel)).toEqual(['webhook', 'email']);
	await sendTest(options);
	expect(receiver.kinds()).toEqual(['test', 'test']);
	expect(mail.mails).toHaveLength(2);
	expect((await sendTest({...options, dryRun: true})).wouldSend).toHaveLength(2);
	expect(mail.mails).toHaveLength(2);
});

test('the state is for its owner only, contains no secret, and starts over if it is damaged', async () => {
	await run(61, 0);
	const path = join(folder, 'data', 'alerts.json');
	expect((await stat(path)).mode & 0o777).toBe(0o600);
	expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
	expect(await readFile(path, 'utf8')).not.toMatch(/127\.0\.0\.1|shared|srv/);
	await writeFile(path, '{"version":1,"scopes":{"a":');
	await run(61, 1);
	expect(receiver.kinds()).toEqual(['failed', 'failed']);
});

test('where the state cannot be kept nothing is sent, and that is said', async () => {
	await writeFile(join(folder, 'file'), '');
	const statePath = join(folder, 'file', 'alerts.json');
	await expect(run(61, 0, {statePath})).rejects.toThrow(
		/^Alerts are not sent: .* cannot be made \((EEXIST|ENOTDIR)\)\.$/,
	);
	expect(receiver.received).toEqual([]);
});

test('a change without a number is kept and read again', async () => {
	const endless = verdict(61, {value: Number.POSITIVE_INFINITY});
	await run(61, 0, {verdicts: [endless]});
	await run(61, 1, {verdicts: [endless]});
	await run(75, 2);
	expect(receiver.kinds()).toEqual(['failed', 'recovered']);
	expect(receiver.bodies()[0]?.checks).toMatchObject([{value: null}]);
});

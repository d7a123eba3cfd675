import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {emailChannel} from '../../../source/alerts/channels/email.js';
import {alert, verdict} from '../alerts.js';
import {header, MailReceiver} from '../mail-receiver.js';

let mail: MailReceiver | undefined;

beforeEach(() => {
	// The server warns of its own certificate.
	vi.spyOn(console, 'error').mockReturnValue();
});

afterEach(async () => {
	vi.restoreAllMocks();
	await mail?.stop();
});

const channel = (query = '', more = {}) =>
	emailChannel('email', {
		url: `smtp://127.0.0.1:${mail?.port}${query}`,
		to: ['ops@example.com', 'lead@example.com'],
		from: 'Cache <hitrate@example.com>',
		...more,
	});

const body = (source: string) => source.replaceAll('=\r\n', '').replaceAll('=3D', '=');

test('mail goes out as text and as HTML, encrypted where that is offered, to all', async () => {
	mail = await MailReceiver.start();
	await channel().send(alert({title: '<b>api'}));
	const [sent] = mail.mails;
	expect(sent).toMatchObject({
		from: 'hitrate@example.com',
		to: ['ops@example.com', 'lead@example.com'],
		secure: true,
	});
	if (!sent) {
		return;
	}
	expect(header(sent, 'Subject')).toBe('Prompt cache check failed: <b>api: Hit rate 61.2 % against 70 %');
	expect(header(sent, 'Message-ID')).toBe('<0123456789abcdef.failed@example.com>');
	expect(header(sent, 'Auto-Submitted')).toBe('auto-generated');
	expect(header(sent, 'Date')).toBe('Sun, 22 Nov 2026 09:12:00 +0000');
	expect(header(sent, 'In-Reply-To')).toBeUndefined();
	const text = body(sent.source);
	expect(text).toContain('Likeliest cause: Threads changed their model in 3 requests.');
	expect(text).toContain('<h2>Prompt cache check failed: &lt;b&gt;api</h2>');
});

test('a recovery answers its failure', async () => {
	mail = await MailReceiver.start();
	await channel().send(alert({kind: 'recovered', verdicts: [verdict(80)]}));
	const [sent] = mail.mails;
	expect(sent && header(sent, 'In-Reply-To')).toBe('<0123456789abcdef.failed@example.com>');
	expect(sent && header(sent, 'References')).toBe('<0123456789abcdef.failed@example.com>');
	expect(sent && header(sent, 'Message-ID')).toMatch(/^<0123456789abcdef\.recovered\.[\da-f]{8}@example\.com>$/);
});

test('names from logs make no headers', async () => {
	mail = await MailReceiver.start();
	await channel().send(alert({title: 'api\r\nBcc: all@example.com'}));
	expect(mail.mails[0]?.to).toEqual(['ops@example.com', 'lead@example.com']);
	expect(mail.mails[0]?.source).not.toMatch(/^Bcc:/im);
});

test('logs in with the password of its own, or of the address', async () => {
	mail = await MailReceiver.start();
	await channel('', {user: 'cache', password: 'right'}).send(alert());
	await emailChannel('email', {url: `smtp://cache:right@127.0.0.1:${mail.port}`, to: ['ops@example.com']}).send(
		alert(),
	);
	expect(mail.mails.map(({user}) => user)).toEqual(['cache', 'cache']);
});

test('a refused password is said, and nothing of what the server answers', async () => {
	mail = await MailReceiver.start();
	await expect(channel('', {user: 'cache', password: 'hunter2'}).send(alert())).rejects.toMatchObject({
		message: 'the server refused the user or the password',
		isFinal: true,
	});
});

test.each([
	[450, false],
	[550, true],
])('a recipient that is refused with %i (for good: %s)', async (code, isFinal) => {
	mail = await MailReceiver.start();
	mail.refusal = code;
	await expect(channel().send(alert())).rejects.toMatchObject({
		message: 'the server refused the sender or a recipient',
		isFinal,
	});
});

test('TLS from the first byte', async () => {
	mail = await MailReceiver.start({secure: true});
	await emailChannel('email', {url: `smtps://127.0.0.1:${mail.port}`, to: ['ops@example.com']}).send(alert());
	expect(mail.mails).toMatchObject([{secure: true}]);
});

test('says that nobody listens', async () => {
	mail = await MailReceiver.start();
	const dead = channel();
	await mail.stop();
	mail = undefined;
	await expect(dead.send(alert())).rejects.toThrow(/^(connection refused|the connection broke)$/);
});

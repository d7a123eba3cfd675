import {spawn} from 'node:child_process';
import {appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {MailReceiver} from '../alerts/mail-receiver.js';
import {Receiver} from '../alerts/receiver.js';
import {apiEvent} from '../glitchtip/events.js';
import {envelopeServer, eventServer, token} from '../glitchtip/servers.js';
import {cliPath, run, withFolder} from '../support/program.js';
import {until} from '../support/until.js';
import {request} from './log-lines.js';

const requests = (hits: number, misses: number, name: string) =>
	Array.from({length: hits + misses}, (_, index) => request(600_000, index < hits ? 9000 : 0, `${name}-${index}`)).join(
		'',
	);

const stops: (() => unknown)[] = [];

afterEach(async () => {
	for (const stop of stops.splice(0)) {
		await stop();
	}
});

const receiver = async (): Promise<Receiver> => {
	const started = await Receiver.start();
	stops.push(() => started.stop());
	return started;
};

/** A folder with a log of ten requests, and settings and data of its own. */
const withLog = (
	hits: number,
	body: (place: {log: string; folder: string; env: Record<string, string>}) => Promise<void>,
) =>
	withFolder(async folder => {
		const log = join(folder, 'worker.log');
		writeFileSync(log, requests(hits, 10 - hits, 'a'));
		await body({log, folder, env: {XDG_DATA_HOME: join(folder, 'data'), XDG_CONFIG_HOME: join(folder, 'config')}});
	});

describe('check', () => {
	test('one line and an exit code; silence is no alarm', async () => {
		await withLog(4, async ({log, env}) => {
			const low = await run(['check', '--min-hit-rate', '70', log], {env});
			expect(low).toMatchObject({code: 1, stderr: ''});
			expect(low.stdout).toMatch(/^FAILED \(24h, 10 requests\): Hit rate 40\.0 % is below 70 % .*\n$/);
			expect(await run(['check', '--min-hit-rate', '30', log], {env})).toMatchObject({code: 0});
			expect(await run(['check', '--min-hit-rate', '70', '--min-requests', '11', log], {env})).toMatchObject({code: 3});
			expect(await run(['check', '--min-hit-rate', '70', `${log}.none`], {env})).toMatchObject({code: 3});
			const plugin = await run(['check', '--nagios', '--min-hit-rate', '70', log], {env});
			expect(plugin).toMatchObject({code: 2, stdout: expect.stringMatching(/^CACHE CRITICAL - .* \| hit_rate=40%/)});
			const wrong = await run(['check', '--nagios', '--fail-if', 'hit_rat < 7', log], {env});
			expect(wrong).toMatchObject({code: 3, stdout: expect.stringContaining('Did you mean hit_rate')});
		});
	});

	test('a line of cron notifies Slack once, by mail too, and once more when it is over', async () => {
		await withLog(4, async ({log, env}) => {
			const slack = await receiver();
			const mail = await MailReceiver.start();
			stops.push(() => mail.stop());
			const told = {
				...env,
				HITRATE_SLACK_WEBHOOK: slack.url(),
				HITRATE_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
				HITRATE_MAIL_TO: 'ops@example.com',
			};
			const check = () => run(['check', '--notify', '--min-hit-rate', '70', log], {env: told});
			const dry = await run(['check', '--notify', '--dry-run', '--min-hit-rate', '70', log], {env: told});
			expect(dry.stdout).toContain('Would send to slack');
			expect(slack.received).toHaveLength(0);
			expect(await check()).toMatchObject({code: 1, stderr: ''});
			expect(await check()).toMatchObject({code: 1, stderr: ''});
			expect([slack.received.length, mail.mails.length]).toEqual([1, 1]);
			expect(slack.received[0]?.body).toContain('40.0 %');
			appendFileSync(log, requests(90, 0, 'b'));
			expect(await check()).toMatchObject({code: 0, stderr: ''});
			expect([slack.received.length, mail.mails.length]).toEqual([2, 2]);
		});
	});

	test('a dead channel delays no other, is reported, and is notified later', async () => {
		await withLog(4, async ({log, env}) => {
			const slack = await receiver();
			const hook = await receiver();
			hook.answer = {status: 500};
			const told = {...env, HITRATE_SLACK_WEBHOOK: slack.url(), HITRATE_WEBHOOK_URL: hook.url('/secret-path')};
			const {stderr} = await run(['check', '--notify', '--min-hit-rate', '70', log], {env: told});
			expect(stderr).toMatch(/^hitrate: webhook: .*tried again/);
			expect(stderr).not.toContain('secret-path');
			expect(slack.received).toHaveLength(1);
		});
	});

	test('rules and channels of the config file; a secret that others may read is refused', async () => {
		await withLog(4, async ({log, folder, env}) => {
			const hook = await receiver();
			mkdirSync(join(folder, 'config/hitrate'), {recursive: true});
			const config = join(folder, 'config/hitrate/config.json');
			const settings = (url: unknown) =>
				JSON.stringify({sources: [log], alerts: {rules: ['hit_rate < 70'], channels: [{type: 'webhook', url}]}});
			writeFileSync(config, settings({env: 'HOOK'}), {mode: 0o644});
			expect(await run(['check', '--notify'], {env: {...env, HOOK: hook.url()}})).toMatchObject({code: 1, stderr: ''});
			expect(hook.kinds()).toEqual(['failed']);
			writeFileSync(config, settings(hook.url()));
			const refused = await run(['check', '--notify'], {env});
			expect(refused).toMatchObject({code: 2, stderr: expect.stringContaining('chmod')});
			writeFileSync(config, '{"surces": []}');
			expect((await run(['report'], {env})).stderr).toMatch(/surces.*sources/);
		});
	});
});

describe('GlitchTip', () => {
	test('a project is read page by page, and not again', async () => {
		await withFolder(async folder => {
			const server = await eventServer(
				Array.from({length: 120}, (_, index) => apiEvent(119 - index)),
				50,
			);
			const env = {XDG_DATA_HOME: folder, HITRATE_GLITCHTIP_TOKEN: token};
			const source = `glitchtip+${server.base}/acme/suna`;
			const first = await run(['report', '--json', '--no-events', source], {env});
			expect(JSON.parse(first.stdout)).toMatchObject({total_events: 120, basis: 'planned'});
			expect(server.asked).toEqual(['', 'p50', 'p100']);
			expect(JSON.parse((await run(['report', '--json', source], {env})).stdout).total_events).toBe(120);
			expect(server.asked).toHaveLength(4);
			const wrong = await run(['report', source], {
				env: {...env, XDG_DATA_HOME: join(folder, 'x'), HITRATE_GLITCHTIP_TOKEN: 'no'},
			});
			expect(wrong).toMatchObject({code: 3, stderr: expect.stringContaining('HITRATE_GLITCHTIP_TOKEN')});
		});
	});

	test('an alert becomes an event', async () => {
		await withLog(4, async ({log, env}) => {
			const {received, complaints, dsn} = await envelopeServer();
			const {code} = await run(['check', '--notify', '--min-hit-rate', '70', log], {
				env: {...env, HITRATE_GLITCHTIP_DSN: dsn},
			});
			expect([code, complaints, received.length]).toEqual([1, [], 1]);
		});
	});
});

test('reports for a manager: a page, a picture, a file a day of which some stay, and nothing on the screen', async () => {
	await withLog(8, async ({log, folder, env}) => {
		const reports = join(folder, 'reports');
		mkdirSync(reports);
		writeFileSync(join(reports, 'hitrate-2020-01-01.html'), 'old');
		writeFileSync(join(reports, 'hitrate-2020-01-02.html'), 'old');
		writeFileSync(join(reports, 'notes.html'), 'mine');
		const args = [
			'report',
			'--quiet',
			'--export',
			`${reports}/.html`,
			'--keep',
			'2',
			'--export',
			join(folder, 'shot.svg'),
		];
		expect(await run([...args, log], {env})).toEqual({stdout: '', stderr: '', code: 0});
		const today = new Date().toISOString().slice(0, 10);
		expect(readdirSync(reports).sort()).toEqual(['hitrate-2020-01-02.html', `hitrate-${today}.html`, 'notes.html']);
		expect(readFileSync(join(reports, `hitrate-${today}.html`), 'utf8')).toContain('80.0 %');
		expect(readFileSync(join(folder, 'shot.svg'), 'utf8')).toMatch(/^<svg[\s\S]*80\.0[\s\S]*<\/svg>\s*$/);
	});
});

test('serve answers in a bare environment, keeps what it read, and ends within moments', async () => {
	await withLog(8, async ({log, folder}) => {
		const child = spawn(process.execPath, [cliPath, 'serve', '--listen', '127.0.0.1:0', '--min-hit-rate', '90', log], {
			env: {XDG_DATA_HOME: join(folder, 'data')},
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		stops.push(() => child.kill('SIGKILL'));
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			said += text;
		});
		const url = await until(() => {
			const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
			expect(said).toContain('10 requests');
			return found as string;
		});
		const metrics = await (await fetch(`${url}/metrics`)).text();
		expect(metrics).toMatch(/hitrate_requests_total\{[^}]*outcome="hit"[^}]*\} 8/);
		appendFileSync(log, request(1000, 9000, 'late'));
		await until(async () => {
			const report = await (await fetch(`${url}/api/report?window=24h`)).json();
			expect(report).toMatchObject({total_events: 11});
		});
		expect(said).toContain('alert: Hit rate');
		const ended = new Promise(resolve => child.once('exit', resolve));
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
		const {stdout} = await run(['report', '--json', log], {env: {XDG_DATA_HOME: join(folder, 'data')}});
		expect(JSON.parse(stdout)).toMatchObject({total_events: 11});
	});
});

test('completions and the manual page know the verbs', async () => {
	for (const shell of ['bash', 'zsh', 'fish']) {
		expect((await run(['completions', shell])).stdout).toContain('min-hit-rate');
	}
	expect(await run(['completions', 'tcsh'])).toMatchObject({code: 2});
	expect((await run(['man'])).stdout).toMatch(/^\.TH HITRATE 1/);
	expect(existsSync('hitrate.1')).toBe(false);
});

import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createServer as createTlsServer} from 'node:tls';
import {afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {parseClickhouseAddress} from '../../source/fleet/table/address.js';
import {Clickhouse} from '../../source/fleet/table/clickhouse.js';
import {cliPath, environment, run} from '../support/program.js';
import {until} from '../support/until.js';
import {backendLog} from '../torture/backend-log.js';
import {type ClickhouseServer, hasClickhouse, startClickhouse} from './clickhouse.js';
import {type Fault, startProxy} from './faulty-proxy.js';
import {freePort} from './prometheus.js';

/** What of requests is compared: how many there are, and their tokens. */
type Sums = Readonly<Record<'requests' | 'uncached' | 'read' | 'written' | 'output', number>>;

describe.skipIf(!hasClickhouse())("shipping to Debian's ClickHouse", () => {
	let folder: string;
	let server: ClickhouseServer;
	let port: string;
	let tests = 0;
	let home: string;
	let log: string;
	let address: string;
	let env: Record<string, string>;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'hitrate-shipping-'));
		server = await startClickhouse(folder);
		port = new URL(server.address.replace('clickhouse+', '')).port;
	});
	afterAll(async () => {
		await server.kill();
		rmSync(folder, {recursive: true, force: true});
	});
	beforeEach(async () => {
		home = join(folder, `home${++tests}`);
		mkdirSync(home);
		log = join(home, 'worker.log');
		address = `clickhouse+http://127.0.0.1:${port}/test${tests}`;
		env = {XDG_DATA_HOME: join(home, 'data'), HOME: home};
		expect((await run(['fleet', 'init', address], {env})).code).toBe(0);
	});

	const hitrate = (...args: readonly string[]) => run(args, {env});

	/** A moment of the fleet: rows that hold, and rows that the server stores. */
	const fleet = async (): Promise<Sums & {readonly stored: number}> => {
		const client = new Clickhouse(parseClickhouseAddress(address), {});
		const [sums = []] = await client.rows(
			'SELECT count(), sum(uncached), sum(cache_read), sum(write_5m + write_1h), sum(output) FROM request FINAL WHERE gone = 0',
		);
		const [[stored] = []] = await client.rows('SELECT count() FROM request');
		await client.close();
		const [requests, uncached, read, written, output] = sums.map(Number) as [number, number, number, number, number];
		return {requests, uncached, read, written, output, stored: Number(stored)};
	};

	/** The same of the log itself, as a host that ships nothing keeps it. */
	const logged = async (): Promise<Sums> => {
		const alone = {env: {...env, XDG_DATA_HOME: mkdtempSync(join(home, 'alone-'))}};
		const {tokens} = JSON.parse((await run(['report', '--json', '--no-events', log], alone)).stdout);
		const {stores} = JSON.parse((await run(['store', '--json'], alone)).stdout);
		return {
			// The report counts those as well that the end of the log leaves open.
			requests: stores[0].requests,
			uncached: tokens.uncached,
			read: tokens.cache_read,
			written: tokens.cache_write_5m + tokens.cache_write_1h,
			output: tokens.output,
		};
	};

	test('a history is shipped once, new requests follow, and a store that was rebuilt doubles nothing', async () => {
		const lines = backendLog(3000, 'json');
		const half = lines.lastIndexOf('\n', lines.length / 2) + 1;
		writeFileSync(log, lines.slice(0, half));
		expect((await hitrate('report', log)).code).toBe(0);
		const first = await hitrate('ship', address, log);
		expect(first).toMatchObject({code: 0, stderr: ''});
		expect(await fleet()).toMatchObject(await logged());
		appendFileSync(log, lines.slice(half));
		const second = await hitrate('ship', address, log);
		expect(second.stdout).toMatch(/^shipped 1,\d{3} requests to clickhouse\+http:/);
		const all = await logged();
		expect(await fleet()).toMatchObject(all);
		expect((await hitrate('ship', address, log)).stdout).toMatch(/^shipped 0 requests/);

		rmSync(env.XDG_DATA_HOME as string, {recursive: true});
		expect((await hitrate('ship', address, log)).code).toBe(0);
		expect(await fleet()).toMatchObject(all);
		const status = JSON.parse((await hitrate('fleet', 'status', '--json', address)).stdout);
		expect(status.hosts).toHaveLength(1);
		expect(status.hosts[0]).toMatchObject({waiting: 0, dropped: 0});
	});

	test('what is forgotten on a host is forgotten by the fleet; what retention deletes is not', async () => {
		writeFileSync(log, backendLog(500, 'json'));
		await hitrate('ship', address, log);
		const all = await logged();
		rmSync(log);
		expect((await hitrate('report', '--retention', '1', log)).stdout).not.toContain('500');
		await hitrate('ship', '--retention', '1', address, log);
		expect(await fleet()).toMatchObject(all);

		writeFileSync(log, backendLog(500, 'json'));
		rmSync(env.XDG_DATA_HOME as string, {recursive: true});
		await hitrate('ship', address, log);
		rmSync(log);
		expect((await hitrate('store', 'forget', log)).stdout).toContain('with the next hitrate ship');
		const {stdout} = await hitrate('ship', address, log);
		expect(stdout).toMatch(/had \d+ forgotten/);
		expect(await fleet()).toMatchObject({requests: 0});
	});

	test('a wrong password, a missing table and a missing database are reported in one line, with exit code 3', async () => {
		writeFileSync(log, backendLog(50, 'json'));
		const wrong = {...env, HITRATE_CLICKHOUSE_USER: 'default', HITRATE_CLICKHOUSE_PASSWORD: 'not this'};
		const refused = await run(['ship', address, log], {env: wrong});
		expect(refused).toMatchObject({code: 3, stdout: ''});
		expect(refused.stderr).toMatch(/^hitrate: 127\.0\.0\.1:\d+: wrong password[^\n]*\n$/);
		expect(refused.stderr).not.toContain('not this');
		const missing = await hitrate('ship', address.replace(/\w+$/, 'nowhere'), log);
		expect(missing).toMatchObject({code: 3, stderr: expect.stringMatching(/no such database: .*fleet init\n$/)});
		const empty = await hitrate('ship', address.replace(/\w+$/, 'default'), log);
		expect(empty).toMatchObject({code: 3, stderr: expect.stringMatching(/no table of requests: .*fleet init\n$/)});
		await hitrate('ship', address, log);
		expect(await fleet()).toMatchObject(await logged());
	});

	test('the servers of a cluster are asked in turn: one that is down holds nothing up', async () => {
		writeFileSync(log, backendLog(100, 'json'));
		const down = `127.0.0.1:${await freePort()}`;
		const shipped = await hitrate('ship', address.replace('://', `://${down},`), log);
		expect(shipped).toMatchObject({code: 0, stderr: ''});
		expect(await fleet()).toMatchObject(await logged());
	});

	test('over TLS only to a server whose certificate an authority signed that is trusted', async () => {
		const ca = join(home, 'ca.pem');
		const key = join(home, 'key.pem');
		const made = spawnSync('openssl', [
			'req',
			'-x509',
			'-newkey',
			'rsa:2048',
			'-nodes',
			'-days',
			'2',
			'-subj',
			'/CN=localhost',
			'-addext',
			'subjectAltName=DNS:localhost',
			'-keyout',
			key,
			'-out',
			ca,
		]);
		expect(made.status, 'openssl makes a certificate').toBe(0);
		const proxy = createTlsServer({key: readFileSync(key), cert: readFileSync(ca)}, secure => {
			const plain = connect(Number(port), '127.0.0.1');
			secure.pipe(plain).pipe(secure);
			for (const socket of [secure, plain]) {
				socket.on('error', () => {});
			}
		});
		const securePort = await freePort();
		await new Promise<void>(resolve => proxy.listen(securePort, 'localhost', resolve));
		onTestFinished(() => {
			proxy.close();
		});
		writeFileSync(log, backendLog(50, 'json'));
		const secured = `clickhouse+https://localhost:${securePort}/test${tests}`;
		expect(await hitrate('ship', secured, log)).toMatchObject({
			code: 3,
			stderr: expect.stringMatching(/^hitrate: localhost:\d+: its certificate is not trusted/),
		});
		expect(await fleet()).toMatchObject({stored: 0});
		expect(await hitrate('ship', secured.replace(`:${securePort}`, `:${port}`), log)).toMatchObject({code: 3});
		const trusting = await run(['ship', secured, log], {env: {...env, HITRATE_CLICKHOUSE_CA: ca}});
		expect(trusting).toMatchObject({code: 0, stderr: ''});
		expect(await fleet()).toMatchObject(await logged());
	});

	test('serve reports the state of shipping in its log and in /metrics', async () => {
		writeFileSync(log, backendLog(50, 'json'));
		const listen = `127.0.0.1:${await freePort()}`;
		const serve = async (more: Record<string, string>, check: (metrics: string, told: string) => void) => {
			const serving = spawn(
				process.execPath,
				[cliPath, 'serve', '--listen', listen, '--ship', address, '--as', 'web1', log],
				{
					env: environment({...env, ...more}),
				},
			);
			onTestFinished(() => {
				serving.kill('SIGKILL');
			});
			let told = '';
			serving.stderr.setEncoding('utf8').on('data', (text: string) => {
				told += text;
			});
			await until(async () => check(await (await fetch(`http://${listen}/metrics`)).text(), told));
			const ended = new Promise(resolve => serving.once('exit', resolve));
			serving.kill('SIGTERM');
			await ended;
		};
		await serve({HITRATE_CLICKHOUSE_PASSWORD: 'wrong'}, (metrics, told) => {
			expect(metrics).toMatch(/^hitrate_ship_up 0$/m);
			expect(metrics).toMatch(/^hitrate_ship_waiting [1-9]/m);
			expect(metrics).toMatch(/^hitrate_ship_failures_total [1-9]/m);
			expect(told).toMatch(/not shipped: 127\.0\.0\.1:\d+: wrong password/);
		});
		await serve({}, metrics => {
			expect(metrics).toMatch(/^hitrate_ship_up 1$/m);
			expect(metrics).toMatch(/^hitrate_ship_waiting 0$/m);
			expect(metrics).toMatch(/^hitrate_ship_last_success_timestamp_seconds \d/m);
		});
		expect(await fleet()).toMatchObject(await logged());
	});

	test('names that are not what they seem arrive as they are', async () => {
		const nasty = ["it's", 'a\\', "\\'; DROP TABLE request; --", '\u0000', '\u001b]0;x\u0007', '\ud83d', '"', '\t\n'];
		writeFileSync(
			log,
			nasty
				.map((name, index) =>
					JSON.stringify({
						timestamp: new Date(Date.UTC(2026, 10, 1) + index * 1000).toISOString(),
						model: `claude-sonnet-4-5 ${name}`,
						thread_id: name,
						usage: {input_tokens: 5, cache_read_input_tokens: 100, cache_creation_input_tokens: 0, output_tokens: 1},
					}),
				)
				.join('\n')
				.concat('\n'),
		);
		expect((await hitrate('ship', '--as', "web'1\\", address, log)).code).toBe(0);
		expect(await fleet()).toMatchObject({requests: nasty.length});
		const {stdout} = await hitrate('fleet', 'status', address);
		expect(stdout).toContain("web'1\\");
	});

	test('nothing is lost and nothing doubled, whatever dies or breaks while statements are on their way', async () => {
		const proxy = await startProxy(Number(port));
		const listen = `127.0.0.1:${await freePort()}`;
		let serving: ChildProcess | undefined;
		onTestFinished(() => {
			serving?.kill('SIGKILL');
			proxy.close();
		});
		const serve = () => {
			const through = address.replace(`:${port}/`, `:${proxy.port}/`);
			serving = spawn(
				process.execPath,
				[cliPath, 'serve', '--listen', listen, '--ship', through, '--as', 'web1', log],
				{
					env: environment(env),
					stdio: 'ignore',
				},
			);
		};
		const killShipper = async () => {
			const ended = new Promise(resolve => serving?.once('exit', resolve));
			serving?.kill('SIGKILL');
			await ended;
		};
		const rounds: readonly (readonly [name: string, fault: Fault, recover: () => unknown])[] = [
			['lost on the way', 'lost', () => {}],
			['done, and the answer lost', 'unanswered', () => {}],
			// The new shipper does not wait as long as one that failed several times.
			['shipper killed before the server had it all', {before: killShipper}, serve],
			['answered by half', 'half', () => {}],
			['answered by a gateway', 'garbage', () => {}],
			['shipper killed after the server had done it', {after: killShipper}, serve],
			['server killed before it had it all', {before: server.kill}, server.start],
			['answered late', 'late', () => {}],
			['server killed after it had done it', {after: server.kill}, server.start],
		];
		const lines = backendLog(4000, 'json').split(/(?<=\n)/);
		const repeats = 2;
		const size = Math.ceil(lines.length / (rounds.length * repeats + 1));
		const pieces = Array.from({length: rounds.length * repeats + 1}, (_, index) =>
			lines.slice(index * size, (index + 1) * size).join(''),
		);
		writeFileSync(log, pieces.pop() ?? '');
		serve();
		const counts = new Map<string, number>();
		for (let repeat = 0; repeat < repeats; repeat++) {
			for (const [name, fault, recover] of rounds) {
				const hit = proxy.fail(fault);
				appendFileSync(log, pieces.pop() ?? '');
				await hit;
				await recover();
				counts.set(name, (counts.get(name) ?? 0) + 1);
			}
		}
		const all = await logged();
		await until(async () => expect(await fleet()).toMatchObject(all));
		const {stored} = await fleet();
		// Rows whose answer was lost arrived twice; the server may have merged them by now.
		expect(stored).toBeGreaterThanOrEqual(all.requests);
		console.log(
			`${all.requests} requests, ${stored} rows stored. ${[...counts].map(([name, count]) => `${name}: ${count}`).join('; ')}`,
		);
		expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(rounds.length * repeats);
	});
});

import {chmodSync, existsSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {request as httpRequest, type RequestOptions} from 'node:http';
import {connect, createServer, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {UsageError} from '../../source/errors.js';
import {HttpError} from '../../source/server/http-error.js';
import {type HttpOptions, type HttpServer, type Route, startHttpServer} from '../../source/server/http-server.js';
import {parseListen} from '../../source/server/listen-address.js';

const token = 'dd3a1a0d5a6b4c0f9e11';
const text = (body: string): Route => ({answer: () => ({type: 'text/plain', body})});

const routes = new Map<string, Route>([
	['/plain', text('fine\n')],
	['/open', {...text('open\n'), open: true}],
	['/large', text('x'.repeat(32 << 20))],
	[
		'/usage',
		{
			answer: () => {
				throw new UsageError('window: there is no window "\u001b[2J".');
			},
		},
	],
	[
		'/broken',
		{
			answer: async () => {
				throw new TypeError('a secret detail');
			},
		},
	],
	[
		'/later',
		{
			answer: () => {
				throw new HttpError(503, 'later', {'Retry-After': '5'});
			},
		},
	],
]);

const start = async (parts: Partial<HttpOptions> = {}): Promise<HttpServer & {readonly errors: unknown[]}> => {
	const errors: unknown[] = [];
	const server = await startHttpServer({
		address: parseListen('127.0.0.1:0'),
		token: undefined,
		routes,
		onError: error => errors.push(error),
		...parts,
	});
	onTestFinished(() => server.stop());
	return {...server, errors};
};

/** Where a server listens, as `connect` wants it. */
const portOf = ({url}: HttpServer): number => Number(new URL(url).port);

/** A request as no browser's `fetch` would send it. */
const ask = (
	options: RequestOptions,
): Promise<{status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string}> =>
	new Promise((resolve, reject) => {
		const request = httpRequest(options, response => {
			let body = '';
			response.setEncoding('utf8').on('data', part => {
				body += part;
			});
			response.on('end', () => resolve({status: response.statusCode, headers: response.headers, body}));
		});
		request.on('error', reject);
		request.end();
	});

/** What comes back for these bytes until the server closes. */
const sendBytes = (port: number, bytes: string): Promise<string> =>
	new Promise(resolve => {
		const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
		let back = '';
		socket.setEncoding('utf8').on('data', part => {
			back += part;
		});
		socket.on('error', () => {});
		socket.on('close', () => resolve(back));
	});

describe('a request', () => {
	test('is answered, and nothing may keep, guess or embed the answer', async () => {
		const server = await start();
		const answer = await fetch(`${server.url}/plain?x=1`);
		expect(await answer.text()).toBe('fine\n');
		expect(answer.status).toBe(200);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'text/plain',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'cross-origin-resource-policy': 'same-origin',
		});
		expect([...answer.headers.keys()].filter(name => name.startsWith('access-control'))).toEqual([]);
	});

	test('by HEAD gets the headers alone', async () => {
		const {url} = await start();
		const answer = await fetch(`${url}/plain`, {method: 'HEAD'});
		expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '5', '']);
	});

	test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s is refused', async method => {
		const {url} = await start();
		const answer = await fetch(`${url}/plain`, {method});
		expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
	});

	test('for anything else lists what there is', async () => {
		const {url} = await start();
		for (const path of ['/', '/plain/', '/../etc/passwd', '/constructor', '//plain']) {
			const answer = await ask({port: new URL(url).port, path});
			expect(answer.status).toBe(404);
			expect(JSON.parse(answer.body)).toEqual({error: expect.stringContaining('/plain, /open')});
		}
		expect((await ask({port: new URL(url).port, path: '//[', host: '127.0.0.1'})).status).toBe(400);
	});

	test('for another host is refused', async () => {
		const server = await start();
		const answer = await ask({port: portOf(server), path: '/plain', headers: {host: 'evil.example'}});
		expect(answer.status).toBe(403);
		expect(answer.body).not.toContain('fine');
	});

	test('without the token gets nothing but what is open to all, not even what there is', async () => {
		const {url} = await start({token});
		for (const path of ['/plain', '/nothing']) {
			const refused = await fetch(url + path);
			expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
				401,
				expect.stringMatching(/^Bearer, Basic /),
			]);
			expect(await refused.text()).not.toMatch(/plain|fine/);
		}
		expect((await fetch(`${url}/open`)).status).toBe(200);
		expect((await fetch(`${url}/plain`, {headers: {authorization: `Bearer ${token}`}})).status).toBe(200);
	});

	test('that cannot be answered says why, or nothing', async () => {
		const {url, errors} = await start();
		const usage = await fetch(`${url}/usage`);
		expect([usage.status, await usage.json()]).toEqual([400, {error: 'window: there is no window "\uFFFD[2J".'}]);
		const later = await fetch(`${url}/later`);
		expect([later.status, later.headers.get('retry-after')]).toEqual([503, '5']);
		expect(errors).toEqual([]);
		const broken = await fetch(`${url}/broken`);
		expect(broken.status).toBe(500);
		expect(await broken.text()).not.toMatch(/secret|TypeError|at /);
		expect(errors).toEqual([new TypeError('a secret detail')]);
	});

	test('that is none ends its connection', async () => {
		const server = await start();
		expect(await sendBytes(portOf(server), 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
		expect(await sendBytes(portOf(server), `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(
			/^HTTP\/1\.1 431 /,
		);
		expect(await (await fetch(`${server.url}/plain`)).text()).toBe('fine\n');
	});

	test('that never ends is not waited for', async () => {
		const server = await start({headersTimeout: 100});
		expect(await sendBytes(portOf(server), 'GET /plain HTTP/1.1\r\nhost: localhost\r\nx')).toMatch(
			/^(?:HTTP\/1\.1 408 |$)/,
		);
	});

	test('is answered despite clients that do not read: the oldest response is dropped', async () => {
		const server = await start();
		// They take nothing of what they asked for.
		const greedy: Socket[] = [];
		onTestFinished(() => {
			for (const socket of greedy) {
				socket.destroy();
			}
		});
		await Promise.all(
			Array.from(
				{length: 12},
				() =>
					new Promise<void>(resolve => {
						const socket = connect(portOf(server), '127.0.0.1', () =>
							socket.write('GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n'),
						);
						greedy.push(socket);
						socket.once('data', () => {
							socket.pause();
							resolve();
						});
					}),
			),
		);
		expect((await fetch(`${server.url}/plain`)).status).toBe(200);
		for (const socket of greedy) {
			socket.on('error', () => {}).resume();
		}
		await expect.poll(() => greedy.filter(({destroyed}) => destroyed).length).toBeGreaterThanOrEqual(4);
	});

	test.each([
		['idle', ''],
		['half-open', 'GET /plain HTTP/1.1\r\nhost: localhost\r\nx'],
		['kept alive', 'GET /plain HTTP/1.1\r\nhost: localhost\r\n\r\n'],
	])('is answered beside 1,000 connections that are %s', async (_how, bytes) => {
		const server = await start();
		const others: Socket[] = [];
		onTestFinished(() => {
			for (const socket of others) {
				socket.destroy();
			}
		});
		await Promise.all(
			Array.from(
				{length: 1000},
				() =>
					new Promise<void>(resolve => {
						const socket = connect(portOf(server), '127.0.0.1', () => socket.write(bytes, () => resolve()));
						socket.on('error', () => resolve());
						others.push(socket);
					}),
			),
		);
		expect(await (await fetch(`${server.url}/plain`)).text()).toBe('fine\n');
		// Not for want of them: the newest are left.
		expect(others.filter(({destroyed}) => !destroyed).length).toBeGreaterThan(0);
	});

	test('of HTTP/1.0 needs no host', async () => {
		const server = await start();
		expect(await sendBytes(portOf(server), 'GET /plain HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 [\s\S]*fine\n$/);
		expect(await sendBytes(portOf(server), 'GET /plain HTTP/1.0\r\nhost: evil.example\r\n\r\n')).toMatch(/ 403 /);
		expect(await sendBytes(portOf(server), 'GET /plain HTTP/1.1\r\n\r\n')).toMatch(/ 400 /);
	});
});

describe('the end', () => {
	test('waits neither for idle connections nor for those who take nothing', async () => {
		const server = await start();
		const socket = connect(portOf(server), '127.0.0.1', () =>
			socket.write('GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n'),
		);
		socket.on('error', () => {});
		await new Promise(resolve => {
			socket.once('data', resolve);
		});
		socket.pause();
		connect(portOf(server), '127.0.0.1').on('error', () => {});
		await server.stop();
		await expect(fetch(`${server.url}/plain`)).rejects.toThrow();
	});
});

describe('a place to listen', () => {
	test('that another program has is named', async () => {
		const server = await start();
		await expect(start({address: parseListen(`127.0.0.1:${portOf(server)}`)})).rejects.toThrow(
			/^cannot listen on 127\.0\.0\.1:\d+: another program does; name another place with --listen$/,
		);
	});

	test('that is not on this machine is named', async () => {
		await expect(start({address: parseListen('192.0.2.1:0')})).rejects.toThrow(/this machine has no such address$/);
	});

	test('may be any address, with the port that was free', async () => {
		const {url} = await start({address: parseListen('0.0.0.0:0'), token});
		expect(url).toMatch(/^http:\/\/0\.0\.0\.0:[1-9]\d*$/);
	});
});

describe('a socket', () => {
	const newFolder = (): string => {
		const folder = mkdtempSync(join(tmpdir(), 'hitrate-socket-'));
		onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
		chmodSync(folder, 0o755);
		return folder;
	};

	test('is its owner’s, needs no host and is gone at the end', async () => {
		const path = join(newFolder(), 'http.sock');
		const server = await start({address: {kind: 'unix', path}});
		expect(server.url).toBe(`unix:${path}`);
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(await ask({socketPath: path, path: '/plain', headers: {host: 'anything'}})).toMatchObject({body: 'fine\n'});
		await server.stop();
		expect(existsSync(path)).toBe(false);
	});

	test('that a killed process left behind is taken over', async () => {
		const path = join(newFolder(), 'http.sock');
		const left = createServer().listen(path);
		await new Promise(resolve => left.once('listening', resolve));
		// What remains of a socket whose process is gone: the name, and nobody behind it.
		renameSync(path, `${path}.kept`);
		await new Promise(resolve => left.close(resolve));
		renameSync(`${path}.kept`, path);
		expect(statSync(path).isSocket()).toBe(true);
		await start({address: {kind: 'unix', path}});
		expect(await ask({socketPath: path, path: '/plain'})).toMatchObject({status: 200});
	});

	test('that is in use, or is a file, is left alone', async () => {
		const folder = newFolder();
		const path = join(folder, 'http.sock');
		await start({address: {kind: 'unix', path}});
		await expect(start({address: {kind: 'unix', path}})).rejects.toThrow(/another program does/);
		expect(await ask({socketPath: path, path: '/plain'})).toMatchObject({status: 200});
		const file = join(folder, 'precious');
		writeFileSync(file, 'data');
		await expect(start({address: {kind: 'unix', path: file}})).rejects.toThrow(/cannot listen on/);
		expect(statSync(file).size).toBe(4);
	});
});

import {request as ask, createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {gunzipSync} from 'node:zlib';
import {freePort} from './prometheus.js';

/**
 * What becomes of a statement. `lost`: it never gets to the server. `unanswered`: the server does it, and the answer is
 * lost. `half`: the answer ends in the middle. `garbage`: something else answers, as a gateway does. `late`: the answer
 * comes two seconds late. A function is called in the middle of it: before the server has the whole statement, or when it
 * has done it and has not answered yet.
 */
export type Fault =
	| 'lost'
	| 'unanswered'
	| 'half'
	| 'garbage'
	| 'late'
	| {readonly before: () => Promise<unknown>}
	| {readonly after: () => Promise<unknown>};

/** A network between a shipper and its server. Statements go wrong as told; the others pass. */
export type FaultyProxy = {
	readonly port: number;
	/** Lets the next statement that begins so go wrong, after some that pass; resolves when it has. */
	fail(fault: Fault, beginning?: string, passing?: number): Promise<void>;
	close(): void;
};

const lateBy = 2000;

export const startProxy = async (to: number): Promise<FaultyProxy> => {
	const port = await freePort();
	let pending:
		| {readonly fault: Fault; readonly beginning: string; passing: number; readonly done: () => void}
		| undefined;
	const next = (statement: string) => {
		const found = pending && statement.startsWith(pending.beginning) && pending.passing-- <= 0 ? pending : undefined;
		if (found) {
			pending = undefined;
		}
		return found;
	};
	const server: Server = createServer((incoming, outgoing) => {
		void (async () => {
			const body = await bodyOf(incoming);
			const found = next(statementOf(incoming, body));
			await through({incoming, body, outgoing, to}, found?.fault);
			found?.done();
		})().catch(() => outgoing.destroy());
	});
	await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	return {
		port,
		fail: (fault, beginning = 'INSERT INTO request', passing = 0) =>
			new Promise(resolve => {
				pending = {fault, beginning, passing, done: resolve};
			}),
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
};

const bodyOf = async (message: IncomingMessage): Promise<Buffer> => {
	const parts: Buffer[] = [];
	for await (const part of message) {
		parts.push(part as Buffer);
	}
	return Buffer.concat(parts);
};

/** What is asked: it stands in the address where rows follow, else in the body. */
const statementOf = ({url = '', headers}: IncomingMessage, body: Buffer): string =>
	new URL(url, 'http://localhost').searchParams.get('query') ??
	(headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();

type Passing = {
	readonly incoming: IncomingMessage;
	readonly body: Buffer;
	readonly outgoing: ServerResponse;
	/** The server's port. */
	readonly to: number;
};

/** Never rejects: either side may end at any time. */
const through = async ({incoming, body: statement, outgoing, to}: Passing, fault: Fault | undefined): Promise<void> => {
	try {
		if (fault === 'lost') {
			outgoing.destroy();
			return;
		}
		if (fault === 'garbage') {
			outgoing.writeHead(502, {'content-type': 'text/html'}).end('<html><h1>Bad gateway</h1></html>');
			return;
		}
		const {status, headers, body} = await forward(incoming, statement, to, fault);
		if (typeof fault === 'object' && 'after' in fault) {
			await fault.after();
		}
		if (fault === 'late') {
			await new Promise(resolve => setTimeout(resolve, lateBy));
		}
		if (fault === 'unanswered' || typeof fault === 'object') {
			outgoing.destroy();
		} else if (fault === 'half') {
			outgoing.writeHead(status, {'content-length': 1000});
			outgoing.write('half');
			outgoing.destroy();
		} else {
			outgoing.writeHead(status, headers).end(body);
		}
	} catch {
		outgoing.destroy();
	}
};

type Answer = {readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer};

const forward = (incoming: IncomingMessage, statement: Buffer, to: number, fault: Fault | undefined): Promise<Answer> =>
	new Promise((resolve, reject) => {
		const {host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers} = incoming.headers;
		const outgoing = ask(
			{
				port: to,
				host: '127.0.0.1',
				path: incoming.url,
				method: incoming.method,
				headers: {...headers, 'content-length': statement.length},
				agent: false,
			},
			answer => {
				bodyOf(answer).then(
					body =>
						resolve({
							status: answer.statusCode ?? 500,
							headers: {'content-type': answer.headers['content-type'] ?? 'text/plain'},
							body,
						}),
					reject,
				);
			},
		);
		outgoing.on('error', reject);
		if (typeof fault === 'object' && 'before' in fault) {
			outgoing.write(statement.subarray(0, Math.floor(statement.length / 2)), () => {
				// The rest never comes.
				fault.before().then(() => outgoing.destroy(new Error('cut')), reject);
			});
		} else {
			outgoing.end(statement);
		}
	});

import {request as ask, createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
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

/** A network between a shipper and its server. Statements that insert requests go wrong as told; the others pass. */
export type FaultyProxy = {
	readonly port: number;
	/** Lets the next statement that inserts requests go wrong; resolves when it has. */
	fail(fault: Fault): Promise<void>;
	close(): void;
};

const lateBy = 2000;

export const startProxy = async (to: number): Promise<FaultyProxy> => {
	const port = await freePort();
	let pending: {readonly fault: Fault; readonly done: () => void} | undefined;
	const server: Server = createServer((incoming, outgoing) => {
		const statement = new URL(incoming.url ?? '', 'http://localhost').searchParams.get('query');
		const isInsert = statement?.startsWith('INSERT INTO request') === true;
		const next = isInsert ? pending : undefined;
		if (next) {
			pending = undefined;
		}
		void through(incoming, outgoing, to, next?.fault).finally(() => next?.done());
	});
	await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
	return {
		port,
		fail: fault =>
			new Promise(resolve => {
				pending = {fault, done: resolve};
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

/** Never rejects: either side may end at any time. */
const through = async (
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	to: number,
	fault: Fault | undefined,
): Promise<void> => {
	try {
		const statement = await bodyOf(incoming);
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
				fault.before().then(() => outgoing.end(statement.subarray(Math.floor(statement.length / 2))), reject);
			});
		} else {
			outgoing.end(statement);
		}
	});

import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {gunzipSync} from 'node:zlib';
import {onTestFinished} from 'vitest';

/** 64 hexadecimal digits, as GlitchTip's tokens are. */
export const token = '0123456789abcdef'.repeat(4);
export const key = 'fedcba9876543210'.repeat(2);

type Responder = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A server on a free port of this machine, closed after the test. */
export const serve = async (respond: Responder): Promise<string> => {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', part => parts.push(part));
		request.on('end', () => respond(request, response, Buffer.concat(parts)));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

export const json = (response: ServerResponse, status: number, value: unknown, headers = {}): void => {
	response.writeHead(status, {'content-type': 'application/json; charset=utf-8', ...headers});
	response.end(typeof value === 'string' ? value : JSON.stringify(value));
};

/** A GlitchTip server with the events of acme/suna. */
export type EventServer = {
	readonly base: string;
	/** Newest first. */
	events: readonly unknown[];
	/** Answers to the next requests in place of what is there. */
	readonly instead: Responder[];
	/** The cursors that were asked for, the empty text for the first page. */
	readonly asked: string[];
	readonly authorizations: (string | undefined)[];
};

/** Serves events as GlitchTip does: page by page, with the addresses of the machine behind its proxy in the links. */
export const eventServer = async (events: readonly unknown[], pageLength = 50): Promise<EventServer> => {
	const asked: string[] = [];
	const authorizations: (string | undefined)[] = [];
	const instead: Responder[] = [];
	const state = {events, instead, asked, authorizations};
	const base = await serve((request, response, body) => {
		const url = new URL(request.url ?? '/', 'http://host');
		authorizations.push(request.headers.authorization);
		asked.push(url.searchParams.get('cursor') ?? '');
		const responder = instead.shift();
		if (responder) {
			responder(request, response, body);
			return;
		}
		if (request.headers.authorization !== `Bearer ${token}`) {
			json(response, 401, {detail: 'Unauthorized'});
			return;
		}
		if (request.method !== 'GET' || url.pathname !== '/api/0/projects/acme/suna/events/') {
			json(response, 404, {detail: 'Not Found'});
			return;
		}
		const from = Number(/^p(\d+)$/.exec(url.searchParams.get('cursor') ?? 'p0')?.[1] ?? Number.NaN);
		if (Number.isNaN(from)) {
			json(response, 400, {detail: 'Invalid cursor'});
			return;
		}
		const next = from + pageLength;
		const hasNext = next < state.events.length;
		const address = 'http://backend.internal:8000/api/0/projects/acme/suna/events/';
		const link = `<${address}>; rel="previous"; results="false", <${address}${hasNext ? `?cursor=p${next}` : ''}>; rel="next"; results="${hasNext}"${hasNext ? `; cursor="p${next}"` : ''}`;
		const headers = {link, 'x-max-hits': '1000', 'x-hits': String(Math.min(1000, state.events.length))};
		json(response, 200, state.events.slice(from, next), headers);
	});
	return Object.assign(state, {base});
};

export type Received = {readonly header: Json; readonly item: Json; readonly event: Json; readonly path: string};
type Json = Readonly<Record<string, unknown>>;

/** A server that takes envelopes, and no others than well-formed ones of its project 7. */
export const envelopeServer = async (instead: Responder[] = []) => {
	const received: Received[] = [];
	const complaints: string[] = [];
	const base = await serve((request, response, body) => {
		const responder = instead.shift();
		if (responder) {
			responder(request, response, body);
			return;
		}
		try {
			const read = readEnvelope(request, body);
			received.push(read);
			json(response, 200, {id: read.header.event_id});
		} catch (error) {
			complaints.push(String(error));
			json(response, 400, {detail: 'Bad Request'});
		}
	});
	return {received, complaints, dsn: `${base.replace('//', `//${key}@`)}/7`};
};

const demand = (condition: boolean, what: string): void => {
	if (!condition) {
		throw new Error(what);
	}
};

const readEnvelope = (request: IncomingMessage, body: Buffer): Received => {
	demand(request.method === 'POST' && request.url === '/api/7/envelope/', 'not posted to the endpoint');
	const auth = Object.fromEntries(
		(/^Sentry (.*)$/.exec(String(request.headers['x-sentry-auth']))?.[1] ?? '')
			.split(', ')
			.map(pair => pair.split('=')),
	);
	demand(auth.sentry_key === key && auth.sentry_version === '7' && auth.sentry_client !== undefined, 'not authorised');
	demand(request.headers['content-encoding'] === 'gzip', 'not compressed');
	demand(request.headers['content-type'] === 'application/x-sentry-envelope', 'not an envelope');
	const bytes = gunzipSync(body);
	const [first, second] = [bytes.indexOf(10), bytes.indexOf(10, bytes.indexOf(10) + 1)];
	const [header, item] = [bytes.subarray(0, first), bytes.subarray(first + 1, second)].map(line =>
		JSON.parse(line.toString()),
	);
	const payload = bytes.subarray(second + 1, second + 1 + item.length);
	const rest = bytes.subarray(second + 1 + item.length).toString();
	demand(
		payload.length === item.length && payload.at(-1) === 0x7d && /^\n?$/.test(rest),
		'the length of the item is not its own',
	);
	demand(item.type === 'event', 'no event');
	const event = JSON.parse(payload.toString());
	demand(/^[0-9a-f]{32}$/.test(event.event_id) && event.event_id === header.event_id, 'no id');
	demand(!Number.isNaN(Date.parse(event.timestamp)) && typeof event.message === 'string', 'no time or no message');
	demand(['debug', 'info', 'warning', 'error', 'fatal'].includes(event.level), 'no level');
	return {header, item, event, path: request.url ?? ''};
};

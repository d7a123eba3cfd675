import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {UnavailableError, UserError} from '../errors.js';
import {sanitize} from '../text/sanitize.js';
import {boundConnections, type Connections} from './connections.js';
import {admit, type Guard} from './guard.js';
import {HttpError, tryLater} from './http-error.js';
import {listen} from './listen.js';

/** The response of a route. */
export type Answer = {
	readonly type: string;
	readonly body: string;
	/** Set for an HTML page with an inline style sheet; all other responses may load nothing. */
	readonly isPage?: true;
};

/** Handles a path. Throws an `HttpError` or a `UserError` if the request is at fault. */
export type Route = {
	/** True if no token is needed, because the response contains nothing private. */
	readonly open?: boolean;
	readonly answer: (query: URLSearchParams, headers: IncomingMessage['headers']) => Promise<Answer> | Answer;
};

/** Routes, access control and error handling of the server. */
export type HttpOptions = Guard & {
	readonly routes: ReadonlyMap<string, Route>;
	/** Called with errors that are not the client's fault. */
	readonly onError: (error: unknown) => void;
	/** Milliseconds that a client may take to send its headers; set by tests. */
	readonly headersTimeout?: number;
};

/** A running server. */
export type HttpServer = {
	/** The URL that the user can open. */
	readonly url: string;
	/** Stops listening and resolves when all connections are closed, within `stopTimeout`. */
	stop(): Promise<void>;
};

/** Maximum responses computed at the same time; a machine has few scrapers. */
const mostAnswers = 8;
const defaultHeadersTimeout = 5000;
/** Milliseconds after which a client that does not read its response is disconnected. */
const longestSilence = 15_000;
/** Milliseconds that current responses get to finish when the server stops. */
const stopTimeout = 300;

const always: Readonly<Record<string, string>> = {
	'Cache-Control': 'no-store',
	'X-Content-Type-Options': 'nosniff',
	'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
	'Cross-Origin-Resource-Policy': 'same-origin',
	'Referrer-Policy': 'no-referrer',
};

/** Allows the page's own style only: no scripts, images or frames. */
const forPages = {
	'Content-Security-Policy':
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'",
};

/**
 * Serves GET and HEAD of the given routes.
 * @throws UserError if it cannot listen on the address
 */
export const startHttpServer = async (options: HttpOptions): Promise<HttpServer> => {
	const {headersTimeout = defaultHeadersTimeout} = options;
	const server = createServer({
		headersTimeout,
		requestTimeout: headersTimeout,
		keepAliveTimeout: 65_000,
		connectionsCheckingInterval: Math.min(1000, headersTimeout),
		maxHeaderSize: 8192,
	});
	server.on('request', answering(options, boundConnections(server)));
	server.setTimeout(longestSilence);
	return {url: await listen(server, options.address), stop: () => stop(server)};
};

const answering = ({routes, onError, ...guard}: HttpOptions, connections: Connections) => {
	let making = 0;
	const answerTo = async (request: IncomingMessage): Promise<Answer> => {
		const url = parseUrl(request.url);
		const route = routes.get(url.pathname);
		if (!route?.open) {
			admit(guard, request.headers);
		}
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			throw new HttpError(405, 'only GET and HEAD are answered', {Allow: 'GET, HEAD'});
		}
		if (!route) {
			throw new HttpError(404, `unknown path. Choose from ${[...routes.keys()].join(', ')}`);
		}
		if (making > mostAnswers) {
			throw tryLater(1, 'too many requests at once');
		}
		return route.answer(url.searchParams, request.headers);
	};
	return (request: IncomingMessage, response: ServerResponse): void => {
		making++;
		connections.begin(response);
		// The body of a request is ignored, but has to be read so that the connection can be reused.
		request.resume();
		answerTo(request)
			.then(
				answer => {
					connections.send(response);
					send(response, 200, answer);
				},
				error => {
					const refusal = refusalOf(error);
					if (!refusal) {
						onError(error);
					}
					refuse(response, refusal ?? new HttpError(500, 'something went wrong here: the log of the server says what'));
				},
			)
			.finally(() => making--);
	};
};

const parseUrl = (url: string | undefined): URL => {
	try {
		return new URL(url ?? '', 'http://localhost');
	} catch {
		throw new HttpError(400, 'not a valid path');
	}
};

const refusalOf = (error: unknown): HttpError | undefined => {
	if (error instanceof HttpError) {
		return error;
	}
	if (error instanceof UnavailableError) {
		return tryLater(5, error.message);
	}
	return error instanceof UserError ? new HttpError(400, error.message) : undefined;
};

const refuse = (response: ServerResponse, {status, message, headers}: HttpError): void => {
	// Do not keep the connection of a refused client.
	response.setHeader('Connection', 'close');
	send(
		response,
		status,
		{type: 'application/json; charset=utf-8', body: `${JSON.stringify({error: sanitize(message)})}\n`},
		headers,
	);
};

const send = (
	response: ServerResponse,
	status: number,
	{type, body, isPage}: Answer,
	headers: Readonly<Record<string, string>> = {},
): void => {
	const bytes = Buffer.from(body);
	response.writeHead(status, {
		...always,
		...(isPage && forPages),
		...headers,
		'Content-Type': type,
		'Content-Length': bytes.length,
	});
	response.end(bytes);
};

const stop = (server: Server): Promise<void> =>
	new Promise(resolve => {
		const timer = setTimeout(() => server.closeAllConnections(), stopTimeout);
		server.close(() => {
			clearTimeout(timer);
			resolve();
		});
		server.closeIdleConnections();
	});

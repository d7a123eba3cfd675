import {reasonOf} from './delivery-error.js';

/** A complete response. */
export type HttpResponse = {readonly status: number; readonly headers: Headers; readonly text: string};

/** One request over HTTP. */
type HttpRequest = {
	readonly url: URL;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Uint8Array<ArrayBuffer>;
	/** Milliseconds for the request, including the response's body. */
	readonly timeout: number;
	/** Maximum bytes of the decompressed body. */
	readonly most: number;
	readonly signal?: AbortSignal | undefined;
};

/** There was no complete response; the message is a phrase that contains nothing of the request. */
export class HttpRequestError extends Error {
	override readonly name = 'HttpRequestError';

	/** @param isPassing true if another attempt may soon succeed, for example because the server is starting */
	constructor(
		message: string,
		readonly isPassing: boolean,
	) {
		super(message);
	}
}

const passing: readonly string[] = [
	'connection refused',
	'the connection broke',
	'no answer in time',
	'no connection in time',
	'host not found: no name server answers',
];

/** Sends a request and reads the whole response. Does not follow redirects, because a token is meant for one server. */
export const httpRequest = async ({
	url,
	method,
	headers,
	body,
	timeout,
	most,
	signal,
}: HttpRequest): Promise<HttpResponse> => {
	const timer = AbortSignal.timeout(timeout);
	try {
		const response = await fetch(url, {
			method,
			headers,
			redirect: 'manual',
			signal: signal ? AbortSignal.any([signal, timer]) : timer,
			...(body && {body}),
		});
		return {status: response.status, headers: response.headers, text: await textOf(response, most)};
	} catch (error) {
		if (error instanceof HttpRequestError) {
			throw error;
		}
		const reason = reasonOf(error);
		throw new HttpRequestError(reason, passing.includes(reason));
	}
};

const textOf = async (response: Response, most: number): Promise<string> => {
	const parts: Uint8Array[] = [];
	let length = 0;
	// Leaving the loop early aborts the download.
	for await (const part of response.body ?? []) {
		length += part.length;
		if (length > most) {
			throw new HttpRequestError(`the answer is longer than ${Math.round(most / 2 ** 20)} MB`, false);
		}
		parts.push(part);
	}
	return Buffer.concat(parts).toString('utf8');
};

const longestWait = 3_600_000;

/** Milliseconds of a `Retry-After` header, in seconds or as a date; at most an hour. Undefined without one. */
export const retryAfter = ({headers}: Pick<HttpResponse, 'headers'>, now: number): number | undefined => {
	const text = headers.get('retry-after')?.trim() ?? '';
	const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return Number.isNaN(wait) ? undefined : Math.min(longestWait, Math.max(0, wait));
};

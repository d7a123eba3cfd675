import {reasonOf} from './delivery-error.js';

/** What a server answered, read to its end. */
export type Answer = {readonly status: number; readonly headers: Headers; readonly text: string};

/** One request over HTTP. */
type Exchange = {
	readonly url: URL;
	readonly method: 'GET' | 'POST';
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: Uint8Array<ArrayBuffer>;
	/** Milliseconds after which it has failed, its body included. */
	readonly timeout: number;
	/** Bytes of the answer, decompressed; one that is longer has failed. */
	readonly most: number;
	readonly signal?: AbortSignal | undefined;
};

/** There was no answer, or none that ended: one phrase, without anything of the request. */
export class ExchangeError extends Error {
	override readonly name = 'ExchangeError';

	/** @param isPassing the server may be starting: another attempt soon may succeed */
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

/** Asks, and reads the whole answer. Follows no redirection: a token is for one server. */
export const exchange = async ({url, method, headers, body, timeout, most, signal}: Exchange): Promise<Answer> => {
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
		if (error instanceof ExchangeError) {
			throw error;
		}
		const reason = reasonOf(error);
		throw new ExchangeError(reason, passing.includes(reason));
	}
};

const textOf = async (response: Response, most: number): Promise<string> => {
	const parts: Uint8Array[] = [];
	let length = 0;
	// Leaving the loop early ends the download.
	for await (const part of response.body ?? []) {
		length += part.length;
		if (length > most) {
			throw new ExchangeError(`the answer is longer than ${Math.round(most / 2 ** 20)} MB`, false);
		}
		parts.push(part);
	}
	return Buffer.concat(parts).toString('utf8');
};

const longestWait = 3_600_000;

/** Milliseconds that `Retry-After` asks to wait: seconds or a date; at most an hour. Undefined if it asks nothing. */
export const retryAfter = ({headers}: Pick<Answer, 'headers'>, now: number): number | undefined => {
	const text = headers.get('retry-after')?.trim() ?? '';
	const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
	return Number.isNaN(wait) ? undefined : Math.min(longestWait, Math.max(0, wait));
};

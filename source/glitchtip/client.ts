import {setTimeout as sleep} from 'node:timers/promises';
import {HttpRequestError, type HttpResponse, httpRequest, retryAfter} from '../network/http-request.js';
import {type Address, tokenVariable} from './address.js';
import {nextCursor} from './next-cursor.js';

/** A page of a project's events, newest first, as sent by the server: their shape is not guaranteed. */
export type Page = {
	readonly events: readonly unknown[];
	readonly next: string | undefined;
	/** Bytes of the response. */
	readonly bytes: number;
};

/** Why events could not be read, in one line without the token that the user can act on. */
export class ReadError extends Error {
	override readonly name = 'ReadError';

	/**
	 * @param status HTTP status; undefined if there was no response
	 * @param wait milliseconds that the server asks to wait
	 * @param isPassing true if another attempt may soon succeed
	 */
	constructor(
		message: string,
		readonly status: number | undefined,
		readonly wait?: number,
		readonly isPassing = false,
	) {
		super(message);
	}
}

/** Options of a client; all are optional. */
export type ClientOptions = {
	/** Milliseconds for a response. Default: 30,000. */
	readonly timeout?: number;
	/** Milliseconds before the second attempt, doubled for each further one. Default: 500. */
	readonly backOff?: number;
	/** Upper limit of `Retry-After` in milliseconds. Default: 60,000. */
	readonly longestWait?: number;
	/** Attempts per page before it is left for later. Default: 4. */
	readonly attempts?: number;
};

const mostRedirects = 3;
const mostBytes = 64 * 2 ** 20;
const pageLength = 100;

/** Attempts that outlast a restart of the server: with the default back-off, about a minute. */
export const attemptsOverRestart = 10;

/** Maximum pause between attempts, as a multiple of the back-off. */
const longestPause = 20;

/** Reads the events of a project. */
export class Client {
	readonly #address: Address;
	readonly #token: string | undefined;
	readonly #options: Required<ClientOptions>;

	constructor(address: Address, token: string | undefined, options: ClientOptions = {}) {
		this.#address = address;
		this.#token = token?.trim();
		this.#options = {timeout: 30_000, backOff: 500, longestWait: 60_000, attempts: 4, ...options};
	}

	/**
	 * Reads a page, with retries. Throws a `ReadError`.
	 * @param cursor of the page; undefined for the newest
	 */
	async page(cursor: string | undefined, signal: AbortSignal): Promise<Page> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.#ask(cursor, signal);
			} catch (error) {
				const wait = this.#waitBefore(error, attempt);
				if (wait === undefined || signal.aborted) {
					throw error;
				}
				await sleep(wait, undefined, {signal}).catch(() => {});
			}
		}
	}

	/** Milliseconds to wait before a retry; undefined if a retry is pointless. */
	#waitBefore(error: unknown, attempt: number): number | undefined {
		const {backOff, longestWait, attempts} = this.#options;
		if (!(error instanceof ReadError && error.isPassing) || attempt >= attempts) {
			return undefined;
		}
		const {wait} = error;
		return wait === undefined
			? backOff * Math.min(longestPause, 2 ** (attempt - 1))
			: wait <= longestWait
				? wait
				: undefined;
	}

	async #ask(cursor: string | undefined, signal: AbortSignal): Promise<Page> {
		const {base, organization, project} = this.#address;
		const url = new URL(`${base}/api/0/projects/${organization}/${project}/events/`);
		url.searchParams.set('limit', String(pageLength));
		if (cursor !== undefined) {
			url.searchParams.set('cursor', cursor);
		}
		const response = await this.#get(url, signal);
		if (response.status !== 200) {
			throw this.#refusal(response);
		}
		const events = listOf(response.text);
		if (!events) {
			throw new ReadError('did not answer with a list of events; is this the address of a GlitchTip server?', 200);
		}
		return {events, next: nextCursor(response.headers.get('link')), bytes: response.text.length};
	}

	async #get(from: URL, signal: AbortSignal): Promise<HttpResponse> {
		const headers = {accept: 'application/json', authorization: `Bearer ${this.#usableToken()}`};
		let url = from;
		for (let redirects = 0; redirects <= mostRedirects; redirects++) {
			const {timeout} = this.#options;
			const response = await httpRequest({url, method: 'GET', headers, timeout, most: mostBytes, signal}).catch(failed);
			const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
			if (location === null) {
				return response;
			}
			const to = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
			if (to?.origin !== url.origin) {
				throw new ReadError(`redirects to ${to?.origin ?? 'nowhere'}, which is not given the token; name it`, 300);
			}
			url = to;
		}
		throw new ReadError('redirects in a circle', 300);
	}

	#usableToken(): string {
		if (this.#token === undefined || this.#token === '') {
			throw new ReadError(`needs a token: set ${tokenVariable} (${howToGet})`, 401);
		}
		// `fetch` would quote a token that is not a valid header in its error.
		if (!/^[\x21-\x7E]{1,500}$/.test(this.#token)) {
			throw new ReadError(`${tokenVariable} is not a valid token (${howToGet})`, 401);
		}
		return this.#token;
	}

	#refusal(response: HttpResponse): ReadError {
		const {status} = response;
		const {organization, project} = this.#address;
		const wait = retryAfter(response, Date.now());
		switch (status) {
			case 401:
				return new ReadError(`does not know the token (401); set ${tokenVariable} anew (${howToGet})`, status);
			case 403:
				return new ReadError(
					`the token may not read events (403); give it the scope event:read, and its owner access to ${organization}`,
					status,
				);
			case 404:
				return new ReadError(
					`has no project ${organization}/${project} (404), or the token's owner is not a member of ${organization}`,
					status,
				);
			case 429:
				return new ReadError(`asks to be left alone for ${Math.ceil((wait ?? 0) / 1000)} s (429)`, status, wait, true);
			default:
				return new ReadError(`answers with an error (${status})`, status, wait, status >= 500);
		}
	}
}

const howToGet = 'in GlitchTip: Profile > Auth Tokens, scope event:read';

const failed = (error: unknown): never => {
	throw error instanceof HttpRequestError ? new ReadError(error.message, undefined, undefined, error.isPassing) : error;
};

const listOf = (text: string): readonly unknown[] | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		return Array.isArray(value) ? value : undefined;
	} catch {
		return undefined;
	}
};

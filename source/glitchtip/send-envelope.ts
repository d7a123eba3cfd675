import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import {DeliveryError} from '../network/delivery-error.js';
import {HttpRequestError, type HttpResponse, httpRequest, retryAfter} from '../network/http-request.js';
import {parseDsn} from './dsn.js';
import {envelopeOf, type OutgoingEvent} from './envelope.js';

const timeout = 15_000;
const mostBytes = 64 * 1024;

/**
 * Sends an event. Rejects with a short `DeliveryError`, or a `UsageError` if the DSN is not valid; neither contains the
 * key.
 * @returns the id under which the server stores the event
 */
export const sendEnvelope = async (dsn: string, event: OutgoingEvent): Promise<string> => {
	const {endpoint, key} = parseDsn(dsn);
	const now = Date.now();
	const body = await promisify(gzip)(envelopeOf(event, now));
	const response = await httpRequest({
		url: endpoint,
		method: 'POST',
		headers: {
			'content-type': 'application/x-sentry-envelope',
			'content-encoding': 'gzip',
			'x-sentry-auth': `Sentry sentry_version=7, sentry_client=hitrate/1, sentry_key=${key}`,
		},
		body: new Uint8Array(body),
		timeout,
		most: mostBytes,
	}).catch(failed);
	if (response.status !== 200) {
		throw refusal(response, now);
	}
	const id = idIn(response.text);
	if (id === undefined) {
		throw new DeliveryError('answered, but not as GlitchTip does; check the DSN', {isFinal: true});
	}
	return id;
};

const failed = (error: unknown): never => {
	throw error instanceof HttpRequestError ? new DeliveryError(error.message) : error;
};

const refusal = (response: HttpResponse, now: number): DeliveryError => {
	const {status} = response;
	if (status === 429 || status >= 500) {
		return new DeliveryError(`answered ${status}`, {retryAfter: retryAfter(response, now)});
	}
	const why = status === 401 || status === 403 ? ': the key of the DSN is not valid there' : '';
	return new DeliveryError(`answered ${status}${why}`, {isFinal: true});
};

const idIn = (text: string): string | undefined => {
	try {
		const {id} = JSON.parse(text) as {readonly id?: unknown};
		return typeof id === 'string' && /^[0-9a-f-]{32,36}$/i.test(id) ? id : undefined;
	} catch {
		return undefined;
	}
};

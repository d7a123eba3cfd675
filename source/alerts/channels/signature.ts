import {createHmac} from 'node:crypto';

type Signed = {
	/** The delivery's id, the same for every attempt. */
	readonly id: string;
	/** Seconds since 1970. */
	readonly timestamp: number;
	readonly body: string;
};

/** A secret of this form holds its bytes in Base64; any other text is used as is. */
const encoded = /^whsec_([A-Za-z\d+/]+={0,2})$/;

const keyOf = (secret: string): Buffer => {
	const [, bytes] = encoded.exec(secret) ?? [];
	return bytes === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(bytes, 'base64');
};

/**
 * Headers of the Standard Webhooks specification, for which most languages have a library: HMAC-SHA256 over
 * `id.timestamp.body`, in Base64. Receivers reject timestamps that are minutes old.
 */
export const signatureHeaders = (secret: string, {id, timestamp, body}: Signed): Readonly<Record<string, string>> => ({
	'webhook-id': id,
	'webhook-timestamp': String(timestamp),
	'webhook-signature': `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
});

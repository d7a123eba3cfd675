import {createHmac} from 'node:crypto';

type Signed = {
	/** The same for every try of a delivery. */
	readonly id: string;
	/** Seconds since 1970. */
	readonly timestamp: number;
	readonly body: string;
};

/** A secret of that form holds its bytes in Base64; every other text is its own bytes. */
const encoded = /^whsec_([A-Za-z\d+/]+={0,2})$/;

const keyOf = (secret: string): Buffer => {
	const [, bytes] = encoded.exec(secret) ?? [];
	return bytes === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(bytes, 'base64');
};

/**
 * Headers after the Standard Webhooks specification, for which there are libraries in most languages: HMAC-SHA256 with
 * the secret over `id.timestamp.body`, in Base64. A receiver refuses timestamps that are minutes old.
 */
export const signatureHeaders = (secret: string, {id, timestamp, body}: Signed): Readonly<Record<string, string>> => ({
	'webhook-id': id,
	'webhook-timestamp': String(timestamp),
	'webhook-signature': `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
});

import {type Channel, deliveryOf} from '../alert.js';
import {httpAddress} from './http-address.js';
import {payloadOf} from './payload.js';
import {postJson} from './post.js';
import {signatureHeaders} from './signature.js';

type WebhookOptions = {
	readonly url: string;
	/** Secret that messages are signed with; without it a receiver cannot verify the sender. */
	readonly secret?: string | undefined;
	readonly allowHttp?: boolean | undefined;
};

/**
 * Posts the JSON of `payloadOf` to any receiver, signed by `signatureHeaders`.
 * @throws UsageError if the address is not valid
 */
export const webhookChannel = (name: string, {url: address, secret, allowHttp}: WebhookOptions): Channel => {
	const url = httpAddress(address, name, allowHttp);
	return {
		name,
		send: alert => {
			const body = JSON.stringify(payloadOf(alert));
			const id = deliveryOf(alert);
			// The time of this attempt, which receivers compare with their own clock.
			const timestamp = Math.floor(Date.now() / 1000);
			return postJson(
				url,
				body,
				secret === undefined ? {'webhook-id': id} : signatureHeaders(secret, {id, timestamp, body}),
			);
		},
	};
};

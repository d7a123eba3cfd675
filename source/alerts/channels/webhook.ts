import {type Channel, deliveryOf} from '../alert.js';
import {httpAddress} from './address.js';
import {payloadOf} from './payload.js';
import {postJson} from './post.js';
import {signatureHeaders} from './signature.js';

type WebhookOptions = {
	readonly url: string;
	/** Signs what is sent; without one the receiver cannot know who sent it. */
	readonly secret?: string | undefined;
	readonly allowHttp?: boolean | undefined;
};

/**
 * Any receiver of JSON; see `payloadOf` and `signatureHeaders`.
 * @throws UsageError for an address that is not valid
 */
export const webhookChannel = (name: string, {url: address, secret, allowHttp}: WebhookOptions): Channel => {
	const url = httpAddress(address, name, allowHttp);
	return {
		name,
		send: alert => {
			const body = JSON.stringify(payloadOf(alert));
			const id = deliveryOf(alert);
			// The time of this try, which receivers hold against their own clock.
			const timestamp = Math.floor(Date.now() / 1000);
			return postJson(
				url,
				body,
				secret === undefined ? {'webhook-id': id} : signatureHeaders(secret, {id, timestamp, body}),
			);
		},
	};
};

import {DeliveryError, reasonOf} from '../../network/delivery-error.js';

/** Milliseconds for a request, including its response. */
const timeout = 10_000;

/** Upper limit of `Retry-After`, in milliseconds. */
const longestWait = 3_600_000;

/** Status codes after which the same request may succeed later. */
const passing = (status: number): boolean => status >= 500 || status === 408 || status === 425 || status === 429;

/**
 * Parses `Retry-After`.
 * @returns milliseconds; undefined if the header is missing or not valid
 */
const retryAfterOf = (header: string | null): number | undefined => {
	if (header === null) {
		return undefined;
	}
	const seconds = /^\d{1,9}$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
	return seconds > 0 ? Math.min(longestWait, seconds * 1000) : undefined;
};

/**
 * Posts JSON. Redirects are not followed, since a secret address is meant for its host only. Of the response only the
 * status is used.
 * @throws DeliveryError, whose message does not contain the address
 */
export const postJson = async (
	url: URL,
	body: string,
	headers: Readonly<Record<string, string>> = {},
): Promise<void> => {
	let answer: Response;
	try {
		answer = await fetch(url, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.timeout(timeout),
			headers: {'content-type': 'application/json; charset=utf-8', 'user-agent': 'hitrate', ...headers},
			body,
		});
		await answer.body?.cancel();
	} catch (error) {
		throw new DeliveryError(reasonOf(error));
	}
	const {status} = answer;
	if (status >= 300 && status < 400) {
		throw new DeliveryError(`answered ${status}, and redirects are not followed: set the address that it leads to`, {
			isGivenUp: true,
		});
	}
	if (!answer.ok) {
		throw new DeliveryError(`answered ${status}`, {
			isFinal: !passing(status),
			retryAfter: retryAfterOf(answer.headers.get('retry-after')),
		});
	}
};

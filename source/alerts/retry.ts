import {DeliveryError} from '../network/delivery-error.js';

/** How often a delivery is attempted within one evaluation; an undelivered message waits for the next. */
export type Retries = {
	/** Attempts per evaluation. */
	readonly tries: number;
	/** Milliseconds before the second attempt; doubled for each further one. */
	readonly wait: number;
	/** Milliseconds per attempt. Needed because a channel may hang in ways that its own timeouts miss. */
	readonly deadline: number;
};

/** For a check that runs once: retries after short failures. */
export const checkRetries: Retries = {tries: 3, wait: 1000, deadline: 20_000};

/** For `serve`, which evaluates again soon. */
export const serveRetries: Retries = {tries: 1, wait: 0, deadline: 20_000};

const firstPause = 30_000;
const longestPause = 30 * 60_000;

/** A pause between half and all of the given one, so that clients that failed together do not retry together. */
const jittered = (pause: number): number => pause * (0.5 + Math.random() / 2);

/** Milliseconds until the next attempt. @param tries number of failed attempts */
export const pauseAfter = (tries: number, retryAfter = 0): number =>
	Math.round(Math.min(longestPause, Math.max(retryAfter, jittered(firstPause * 2 ** Math.min(tries - 1, 10)))));

const hasEnded = Symbol('ended');

/** Rejects if the work takes longer; the work itself is abandoned. */
const within = async (milliseconds: number, signal: AbortSignal | undefined, work: Promise<void>): Promise<void> => {
	let timer: NodeJS.Timeout | undefined;
	let onAbort: (() => void) | undefined;
	const end = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new DeliveryError('no answer in time')), milliseconds);
		onAbort = () => reject(hasEnded);
		signal?.addEventListener('abort', onAbort);
	});
	try {
		await Promise.race([work, end]);
	} finally {
		clearTimeout(timer);
		if (onAbort) {
			signal?.removeEventListener('abort', onAbort);
		}
	}
};

/** How an attempt ended. `interrupted`: abandoned while in flight, so it may have been delivered. */
export type Outcome =
	| {readonly state: 'sent'}
	| {readonly state: 'interrupted'}
	| {
			readonly state: 'failed';
			readonly reason: string;
			readonly retryAfter: number | undefined;
			readonly isGivenUp: boolean;
	  };

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Attempts a delivery until it succeeds, is rejected for good, or has used up its attempts. Never rejects. */
export const tryFor = async (
	{tries, wait, deadline}: Retries,
	signal: AbortSignal | undefined,
	work: () => Promise<void>,
): Promise<Outcome> => {
	for (let done = 1; ; done++) {
		if (signal?.aborted) {
			return {state: 'interrupted'};
		}
		try {
			await within(deadline, signal, work());
			return {state: 'sent'};
		} catch (error) {
			if (error === hasEnded) {
				return {state: 'interrupted'};
			}
			const {isFinal, isGivenUp, retryAfter} =
				error instanceof DeliveryError ? error : {isFinal: false, isGivenUp: false, retryAfter: undefined};
			const next = jittered(wait * 2 ** (done - 1));
			if (done >= tries || isFinal || (retryAfter ?? 0) > next) {
				return {state: 'failed', reason: error instanceof Error ? error.message : String(error), retryAfter, isGivenUp};
			}
			await pause(next);
		}
	}
};

import {DeliveryError} from '../network/delivery-error.js';

/** How often a delivery is tried within one evaluation; what was not delivered waits for the next. */
export type Retries = {
	/** Tries of one delivery before it is left for later. */
	readonly tries: number;
	/** Before the second try, milliseconds; twice that before each further one. */
	readonly wait: number;
	/** Of one try, milliseconds: a channel may hang in ways that it does not notice. */
	readonly deadline: number;
};

/** For a check that runs once: a hiccup is waited for. */
export const checkRetries: Retries = {tries: 3, wait: 1000, deadline: 20_000};

/** For what evaluates again soon. */
export const serveRetries: Retries = {tries: 1, wait: 0, deadline: 20_000};

const firstPause = 30_000;
const longestPause = 30 * 60_000;

/** Between half of a pause and all of it, so that those who failed together do not return together. */
const jittered = (pause: number): number => pause * (0.5 + Math.random() / 2);

/** Milliseconds until a delivery that failed is tried again. @param tries how often it was */
export const pauseAfter = (tries: number, retryAfter = 0): number =>
	Math.round(Math.min(longestPause, Math.max(retryAfter, jittered(firstPause * 2 ** Math.min(tries - 1, 10)))));

const hasEnded = Symbol('ended');

/** Rejects where the work takes longer; what becomes of the work then is not waited for. */
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

/** How an attempt ended. `interrupted`: it was given up while under way, so it may have arrived. */
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

/** Tries to deliver until that succeeds, is refused for good, or the tries are used up. Never rejects. */
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

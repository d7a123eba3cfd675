import {setTimeout as wait} from 'node:timers/promises';
import {startThread} from '../../system/start-thread.js';
import type {ThreadData} from '../../system/thread-role.js';
import type {ShipperData} from './shipper-thread.js';
import type {ShippingState} from './shipping-state.js';

/** A store that is shipped by a worker thread. */
export type Shipping = {
	/** The last reported state; undefined before the first report. */
	readonly state: ShippingState | undefined;
	/** Stops shipping; unsent requests are sent after the next start. */
	stop(): Promise<void>;
};

/** Milliseconds that a statement in flight gets at the end. */
const patience = 500;

/**
 * Starts to ship a store.
 * @param say writes a line to the log: each problem once until it is resolved, and its resolution
 * @param onError called if the thread failed
 */
export const startShipping = (
	data: ShipperData,
	say: (line: string) => void,
	onError: (error: unknown) => void,
): Shipping => {
	const {address, sender} = data;
	say(`shipping to ${address.name} as ${sender.shipper}`);
	let state: ShippingState | undefined;
	const worker = startThread({role: 'shipper', ...data} satisfies ThreadData & ShipperData);
	const exited = new Promise(resolve => worker.once('exit', resolve));
	worker.on('message', (next: ShippingState) => {
		if (next.problem !== state?.problem) {
			say(next.problem === undefined ? `shipping again to ${address.name}` : `not shipped: ${next.problem}`);
		}
		state = next;
	});
	worker.on('error', onError);
	return {
		get state() {
			return state;
		},
		stop: async () => {
			worker.postMessage('stop');
			await Promise.race([exited, wait(patience, undefined, {ref: false})]);
			await worker.terminate();
		},
	};
};

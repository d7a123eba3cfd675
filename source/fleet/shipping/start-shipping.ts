import {setTimeout as wait} from 'node:timers/promises';
import {Worker} from 'node:worker_threads';
import type {ThreadData} from '../../system/thread-role.js';
import type {ShipperData} from './shipper-thread.js';
import type {ShippingState} from './shipping-state.js';

/** A store that is shipped in a thread of its own. */
export type Shipping = {
	/** As it was last told; undefined before. */
	readonly state: ShippingState | undefined;
	/** Ends it; what was not sent is sent after the next start. */
	stop(): Promise<void>;
};

/** A statement that is on its way may take so long at the end, milliseconds. */
const patience = 500;

/**
 * Begins to ship a store.
 * @param say takes a line for the log: problems, each once until it is over, and that
 * @param onError called where the thread failed
 */
export const startShipping = (
	data: ShipperData,
	say: (line: string) => void,
	onError: (error: unknown) => void,
): Shipping => {
	const {address, sender} = data;
	say(`shipping to ${address.name} as ${sender.shipper}`);
	let state: ShippingState | undefined;
	const worker = new Worker(new URL('./thread.js', import.meta.url), {
		workerData: {role: 'shipper', ...data} satisfies ThreadData & ShipperData,
	});
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

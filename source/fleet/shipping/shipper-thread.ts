import process from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import type {ClickhouseAddress} from '../table/address.js';
import {Clickhouse, type Login} from '../table/clickhouse.js';
import {keepShipping} from './keep-shipping.js';
import {openOutbox} from './outbox-file.js';
import type {Sender} from './sender.js';
import {Shipper} from './shipper.js';
import type {ShippingState} from './shipping-state.js';

/** The thread's initial data. */
export type ShipperData = {
	/** Path of the store's file. */
	readonly path: string;
	readonly address: ClickhouseAddress;
	readonly login: Login;
	readonly sender: Sender;
	/** The version of hitrate. */
	readonly version: string;
};

/** The worker thread that ships, so that it blocks neither reading nor answering. Any message to it ends it. */

const {path, address, login, sender, version} = workerData as ShipperData;
const ended = new AbortController();
parentPort?.once('message', () => ended.abort());

const clickhouse = new Clickhouse(address, login);
const ship = async (): Promise<void> => {
	await keepShipping({
		open: () => openOutbox(path, address.name, sender, Date.now()),
		shipperOf: ({outbox, store}) => new Shipper({outbox, clickhouse, sender, store, version, now: Date.now}),
		onState: (state: ShippingState) => parentPort?.postMessage(state),
		signal: ended.signal,
		now: Date.now,
		random: Math.random,
	});
	await clickhouse.close();
	// Ends the thread without waiting for connections to close.
	process.exit();
};

ship().catch(error => {
	// Thrown outside of any call, the error reaches the main thread as the worker's `error` event.
	setImmediate(() => {
		throw error;
	});
});

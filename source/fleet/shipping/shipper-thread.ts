import process from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import type {ClickhouseAddress} from '../table/address.js';
import {Clickhouse, type Login} from '../table/clickhouse.js';
import {keepShipping} from './keep-shipping.js';
import {openOutbox} from './outbox-file.js';
import type {Sender} from './sender.js';
import {Shipper} from './shipper.js';
import type {ShippingState} from './shipping-state.js';

/** What the thread begins with. */
export type ShipperData = {
	/** The store's file. */
	readonly path: string;
	readonly address: ClickhouseAddress;
	readonly login: Login;
	readonly sender: Sender;
	/** Of hitrate. */
	readonly version: string;
};

/** The thread that ships: neither reading nor answering waits for it. Any message to it ends it. */

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
	// Ends the thread at once, whatever connection is still being closed.
	process.exit();
};

ship().catch(error => {
	// What is thrown outside of any call reaches the main thread as the worker's error.
	setImmediate(() => {
		throw error;
	});
});

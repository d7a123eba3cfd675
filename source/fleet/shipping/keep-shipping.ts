import {setTimeout as sleep} from 'node:timers/promises';
import type {OutboxState} from '../../store/sqlite/outbox/outbox.js';
import {StoreError} from '../../store/store.js';
import {backOff} from '../table/back-off.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import type {OutboxFile} from './outbox-file.js';
import type {Shipper} from './shipper.js';
import type {ShippingState} from './shipping-state.js';

type KeepShippingOptions = {
	/** Opens the outbox; called again if another file replaces the store. */
	readonly open: () => OutboxFile;
	readonly shipperOf: (file: OutboxFile) => Pick<Shipper, 'step' | 'report'>;
	readonly onState: (state: ShippingState) => void;
	readonly signal: AbortSignal;
	/** The current time in epoch milliseconds. */
	readonly now: () => number;
	/** A random number from 0 to 1. */
	readonly random: () => number;
	readonly times?: Partial<typeof defaultTimes>;
};

/** Intervals in milliseconds. */
const defaultTimes = {
	/** Between checks for changes. */
	look: 250,
	/** Between batches: servers write each as a part of its own. */
	pause: 750,
	/** Between reports of this host's state. */
	report: 60_000,
	/** Between counts of waiting requests. */
	count: 5000,
};

/** Ships what a store receives, until the signal aborts it. Failures are reported and retried. */
export const keepShipping = async (options: KeepShippingOptions): Promise<void> => {
	const {signal} = options;
	const shipping = new Shipping(options);
	while (!signal.aborted) {
		const pause = await shipping.round();
		await sleep(pause, undefined, {signal}).catch(() => {});
	}
	shipping.close();
};

type Opened = {
	readonly file: OutboxFile;
	readonly outbox: OutboxFile['outbox'];
	readonly shipper: Pick<Shipper, 'step' | 'report'>;
};

class Shipping {
	readonly #options: KeepShippingOptions;
	readonly #times: typeof defaultTimes;
	#opened: Opened | undefined;
	/** The store's version when everything had been sent; undefined before. */
	#sentAll: number | undefined;
	#inRow = 0;
	#failures = 0;
	#reported = Number.NEGATIVE_INFINITY;
	#counted = Number.NEGATIVE_INFINITY;

	constructor(options: KeepShippingOptions) {
		this.#options = options;
		this.#times = {...defaultTimes, ...options.times};
	}

	/** Sends a batch if there is one. Returns the milliseconds to wait before the next round. */
	async round(): Promise<number> {
		try {
			const pause = await this.#ship();
			this.#inRow = 0;
			return pause;
		} catch (error) {
			if (this.#options.signal.aborted) {
				return 0;
			}
			if (!(error instanceof ClickhouseError || error instanceof StoreError)) {
				throw error;
			}
			this.#inRow++;
			this.#failures++;
			this.#tell(error.message);
			return backOff(this.#inRow, this.#options.random());
		}
	}

	async #ship(): Promise<number> {
		const {signal, now} = this.#options;
		const {outbox, shipper} = this.#open();
		const version = outbox.version;
		if (version === this.#sentAll) {
			await this.#report(shipper);
			return this.#times.look;
		}
		const {sent, forgotten, isLast} = await shipper.step(signal);
		this.#sentAll = isLast ? version : undefined;
		await this.#report(shipper);
		if (now() - this.#counted >= this.#times.count || isLast) {
			this.#tell(undefined);
		}
		return !isLast ? 0 : sent + forgotten > 0 ? this.#times.pause : this.#times.look;
	}

	#open(): Opened {
		if (this.#opened?.file.isThere === false) {
			this.close();
		}
		if (!this.#opened) {
			const file = this.#options.open();
			this.#opened = {file, outbox: file.outbox, shipper: this.#options.shipperOf(file)};
		}
		return this.#opened;
	}

	async #report(shipper: Pick<Shipper, 'report'>): Promise<void> {
		const {now, signal} = this.#options;
		if (now() - this.#reported >= this.#times.report) {
			await shipper.report(signal);
			this.#reported = now();
		}
	}

	/** Reports the state; if the store cannot be read, nothing counts as waiting. */
	#tell(problem: string | undefined): void {
		this.#counted = this.#options.now();
		let state: OutboxState = nothing;
		try {
			state = this.#opened?.outbox.state ?? nothing;
		} catch (error) {
			if (!(error instanceof StoreError)) {
				throw error;
			}
		}
		this.#options.onState({...state, failures: this.#failures, problem});
	}

	close(): void {
		this.#opened?.file.close();
		this.#opened = undefined;
		this.#sentAll = undefined;
	}
}

const nothing: OutboxState = {waiting: 0, backlog: 0, sent: 0, dropped: 0, sentAt: undefined};

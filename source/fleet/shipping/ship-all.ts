import {backOff} from '../table/back-off.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import type {Shipper, Step} from './shipper.js';

type Total = Pick<Step, 'sent' | 'forgotten'>;

type ShipAllOptions = {
	readonly shipper: Pick<Shipper, 'step' | 'report'>;
	/** Called after each batch. */
	readonly onProgress: (total: Total) => void;
	/** Called before each retry. */
	readonly onFailure: (error: ClickhouseError) => void;
	/** Waits for some milliseconds. */
	readonly wait: (time: number) => Promise<unknown>;
	/** A random number from 0 to 1. */
	readonly random: () => number;
};

/** Attempts that outlast a restart of the server or a lost connection: about half a minute in total. */
const mostTries = 6;

/**
 * Ships everything that waits, then returns.
 * @returns the total that was sent
 * @throws ClickhouseError if a server refuses or none answers for long; StoreError
 */
export const shipAll = async ({shipper, onProgress, onFailure, wait, random}: ShipAllOptions): Promise<Total> => {
	let total = {sent: 0, forgotten: 0};
	let failures = 0;
	const attempt = async <Result>(work: () => Promise<Result>): Promise<Result> => {
		for (;;) {
			try {
				const result = await work();
				failures = 0;
				return result;
			} catch (error) {
				failures++;
				if (!(error instanceof ClickhouseError && error.isPassing) || failures >= mostTries) {
					throw error;
				}
				onFailure(error);
				await wait(backOff(failures, random()));
			}
		}
	};
	for (let isLast = false; !isLast; ) {
		const step = await attempt(() => shipper.step());
		isLast = step.isLast;
		total = {sent: total.sent + step.sent, forgotten: total.forgotten + step.forgotten};
		onProgress(total);
	}
	await attempt(() => shipper.report());
	return total;
};

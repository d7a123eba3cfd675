import {setTimeout as sleep} from 'node:timers/promises';
import {plural} from '../../metrics/words.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {type Settled, settle} from './settle.js';

/** Settles again and again, until it is stopped. */
export type Keeper = {
	/** Resolves when it has ended: after `stop`, or where the server refuses it. Rejects with what is no server's error. */
	readonly ended: Promise<void>;
	/** Ends it, also within a pass: what was not settled is by the next one. */
	stop(): Promise<void>;
};

export type KeeperOptions = {
	readonly server: Pick<Clickhouse, 'rows' | 'insert'>;
	/** Takes a line for the log. */
	readonly say: (line: string) => void;
	/** Milliseconds from one pass to the next. */
	readonly every?: number;
};

const defaultPause = 5000;
/** After a pass it rests for so many times what that took. */
const restByCost = 4;
/** Where the server does not answer, the pauses grow up to this, milliseconds. */
const longestPause = 60_000;
/** Rows of a batch may become visible after others that arrived later, seconds. */
const overlap = 60;

/** Begins to settle: first all threads, then those of which anything arrived. */
export const startKeeper = ({server, say, every = defaultPause}: KeeperOptions): Keeper => {
	const stopping = new AbortController();
	const {signal} = stopping;
	const keep = async (): Promise<void> => {
		let since: number | undefined;
		let failures = 0;
		while (!signal.aborted) {
			const start = performance.now();
			try {
				const settled = await settle(server, since, {signal});
				// The first pass alone is worth a line: later ones mend a few rows each, again and again.
				if (since === undefined && settled.mended > 0) {
					say(settledText(settled));
				}
				since = settled.until - overlap;
				failures = 0;
			} catch (error) {
				if (signal.aborted) {
					return;
				}
				if (!(error instanceof ClickhouseError)) {
					throw error;
				}
				if (!error.isPassing) {
					say(`threads that several hosts served are not settled here: ${error.message}`);
					return;
				}
				if (failures++ === 0) {
					say(`${error.message}; trying again`);
				}
			}
			const took = performance.now() - start;
			const least = Math.max(every, took * restByCost);
			const pause = failures === 0 ? least : Math.min(longestPause, every * 2 ** Math.min(failures, 10));
			await sleep(pause, undefined, {signal}).catch(() => {});
		}
	};
	const ended = keep();
	return {
		ended,
		stop: async () => {
			stopping.abort();
			await ended;
		},
	};
};

/** What a pass did, in one line. */
export const settledText = ({threads, requests, mended}: Settled): string =>
	`settled ${plural(threads, 'thread')} of several hosts: ${plural(requests, 'request')} looked at, ${mended} mended`;

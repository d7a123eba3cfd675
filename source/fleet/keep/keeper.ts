import {setTimeout as sleep} from 'node:timers/promises';
import {plural} from '../../metrics/words.js';
import {monotonic} from '../../time/monotonic.js';
import {backOff} from '../table/back-off.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {clearSums} from './clear-sums.js';
import {type Settled, settle} from './settle.js';
import {type Summed, type SumOptions, sumHours} from './sum-hours.js';

/** Settles threads of several hosts and makes sums again and again, until it is stopped. */
export type Keeper = {
	/** Resolves when it has ended: after `stop`, or where the server refuses it. Rejects with what is no server's error. */
	readonly ended: Promise<void>;
	/** Ends it, also within a pass: what was not done is for the next one. */
	stop(): Promise<void>;
};

/** What a keeper asks. */
export type KeptServer = Pick<Clickhouse, 'rows' | 'run' | 'insert'>;

/** What a keeper works with. */
export type KeeperOptions = {
	readonly server: KeptServer;
	/** Takes a line for the log. */
	readonly say: (line: string) => void;
	/** From 0 to 1. */
	readonly random: () => number;
	/** Milliseconds from one pass to the next. */
	readonly every?: number;
};

/** What one pass did. */
export type Kept = {
	readonly settled: Settled;
	readonly summed: Summed;
	/** Old sums that are deleted; or why they are not, which makes nothing wrong. */
	readonly cleared: number | ClickhouseError;
};

/** How a pass is made. */
type KeepOptions = Pick<SumOptions, 'signal' | 'now'> & {
	/** Whether old sums are looked for; they are unless told otherwise. */
	readonly clears?: boolean;
};

/**
 * One pass: settles first, for what it mends changes sums.
 * @param since as of `settle`
 */
export const keepOnce = async (
	server: KeptServer,
	since: number | undefined,
	{clears = true, ...options}: KeepOptions = {},
): Promise<Kept> => {
	const settled = await settle(server, since, options);
	const summed = await sumHours(server, options);
	return {settled, summed, cleared: clears ? await cleared(server) : 0};
};

const cleared = async (server: KeptServer): Promise<Kept['cleared']> => {
	try {
		return await clearSums(server);
	} catch (error) {
		if (error instanceof ClickhouseError) {
			return error;
		}
		throw error;
	}
};

const defaultPause = 5000;
/** Milliseconds from one look for old sums to the next. */
const clearEvery = 60 * 60_000;
/** How many times as long as a pass took it rests after it. */
const restByCost = 4;
/** Rows of a batch may become visible after others that arrived later, seconds. */
const overlap = 60;

/** Begins to keep a fleet: first all that there is, then what changed. */
export const startKeeper = ({server, say, random, every = defaultPause}: KeeperOptions): Keeper => {
	const stopping = new AbortController();
	const {signal} = stopping;
	const keep = async (): Promise<void> => {
		let since: number | undefined;
		let failures = 0;
		let clearAt = 0;
		while (!signal.aborted) {
			const start = monotonic();
			try {
				const clears = start >= clearAt;
				const kept = await keepOnce(server, since, {signal, clears});
				clearAt = clears ? start + clearEvery : clearAt;
				// The first pass alone is worth a line: later ones do a little each, again and again.
				if (since === undefined && (kept.settled.mended > 0 || kept.summed.hours > 0 || kept.cleared !== 0)) {
					say(keptText(kept));
				}
				since = kept.settled.until - overlap;
				failures = 0;
			} catch (error) {
				if (signal.aborted) {
					return;
				}
				if (!(error instanceof ClickhouseError)) {
					throw error;
				}
				if (!error.isPassing) {
					say(`threads of several hosts are not settled here, and no sums are made: ${error.message}`);
					return;
				}
				if (failures++ === 0) {
					say(`${error.message}; trying again`);
				}
			}
			const took = monotonic() - start;
			const pause = failures === 0 ? Math.max(every, took * restByCost) : backOff(failures, random());
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
export const keptText = ({settled: {threads, requests, mended}, summed, cleared}: Kept): string =>
	[
		`settled ${plural(threads, 'thread')} of several hosts: ${plural(requests, 'request')} looked at, ${mended} mended`,
		`summed ${plural(summed.hours, 'hour')}${summed.changed > 0 ? `, of which ${summed.changed} changed meanwhile` : ''}`,
		...(cleared instanceof ClickhouseError
			? [`old sums are not deleted: ${cleared.message}`]
			: cleared > 0
				? [`deleted ${plural(cleared, 'old sum')}`]
				: []),
	].join('; ');

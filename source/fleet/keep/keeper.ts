import {setTimeout as sleep} from 'node:timers/promises';
import {plural} from '../../metrics/number-words.js';
import {monotonic} from '../../time/monotonic.js';
import {backOff} from '../table/back-off.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {clearSums} from './clear-sums.js';
import {type Settled, settle} from './settle.js';
import {type Summed, type SumOptions, sumHours} from './sum-hours.js';

/** Settles threads of several hosts and computes sums periodically, until it is stopped. */
export type Keeper = {
	/**
	 * Resolves when the keeper has ended: after `stop`, or if the server refuses. Rejects with errors that are not the
	 * server's.
	 */
	readonly ended: Promise<void>;
	/** Stops the keeper, even during a pass; the next one does the rest. */
	stop(): Promise<void>;
};

/** The part of a server that a keeper uses. */
export type KeptServer = Pick<Clickhouse, 'rows' | 'run' | 'insert'>;

/** Options of a keeper. */
export type KeeperOptions = {
	readonly server: KeptServer;
	/** Writes a line to the log. */
	readonly say: (line: string) => void;
	/** A random number from 0 to 1. */
	readonly random: () => number;
	/** Milliseconds between passes. */
	readonly every?: number;
};

/** The result of a pass. */
export type Kept = {
	readonly settled: Settled;
	readonly summed: Summed;
	/** Number of obsolete generations deleted, or the error that prevented it, which does not affect correctness. */
	readonly cleared: number | ClickhouseError;
};

/** Options of a pass. */
type KeepOptions = Pick<SumOptions, 'signal' | 'now'> & {
	/** False skips looking for obsolete sums. */
	readonly clears?: boolean;
};

/**
 * Makes one pass. Settles first, because that changes sums.
 * @param since as in `settle`
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
/** Milliseconds between looks for obsolete sums. */
const clearEvery = 60 * 60_000;
/** After a pass, the keeper rests this many times as long as the pass took. */
const restByCost = 4;
/** Seconds by which passes overlap, because rows of a batch may become visible after rows that arrived later. */
const overlap = 60;

/** Starts to keep a fleet: the first pass covers everything, later ones what has changed. */
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
				// Only the first pass is logged if it succeeds; later ones do a little each.
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

/** The result of a pass, in one line. */
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

import {existsSync} from 'node:fs';
import process from 'node:process';
import manifest from '../../package.json' with {type: 'json'};
import {UsageError, UserError} from '../errors.js';
import type {FlagValues} from '../flags/flags.js';
import {type OutboxFile, openOutbox} from '../fleet/shipping/outbox-file.js';
import {shipAll} from '../fleet/shipping/ship-all.js';
import {Shipper} from '../fleet/shipping/shipper.js';
import {type ShippingPlan, shippingPlan} from '../fleet/shipping/shipping-options.js';
import {isClickhouseAddress} from '../fleet/table/address.js';
import {Clickhouse} from '../fleet/table/clickhouse.js';
import {ClickhouseError} from '../fleet/table/clickhouse-error.js';
import {plural} from '../metrics/number-words.js';
import {formatCount} from '../output/numbers.js';
import type {Options} from '../session/options.js';
import {openSession, type Session} from '../session/session.js';
import {clickhouseLogin} from '../settings/clickhouse-login.js';
import type {Settings} from '../settings/schema.js';
import {StoreError} from '../store/store.js';
import {sanitize} from '../text/sanitize.js';
import {readAll} from './reading/read-all.js';

/** The flags of `ship`. */
export type ShipFlags = Pick<FlagValues, 'as' | 'hashThreads'>;

/** `hitrate ship`: reads what is new, sends everything that waits, and ends. */
export const ship = async (
	words: readonly string[],
	options: Options,
	{as, hashThreads}: ShipFlags,
	settings: Settings,
): Promise<number> => {
	const [to, ...others] = words.filter(isClickhouseAddress);
	if (others.length > 0) {
		throw new UsageError(
			'ship sends to one ClickHouse at a time; the servers of a cluster are one, as in clickhouse+https://a,b/hitrate.',
		);
	}
	const plan = shippingPlan({to, as, hashThreads}, settings.ship);
	if (!plan) {
		throw new UsageError(
			'ship: name a ClickHouse, as in: hitrate ship clickhouse+https://host:8443/hitrate logs/worker.log',
		);
	}
	const login = clickhouseLogin(settings, process.env);
	try {
		const {keptAt, isWhole} = await readIntoStore(options);
		// A store without requests is deleted when it is closed.
		if (!existsSync(keptAt)) {
			warn('there is nothing to ship');
			return isWhole ? 0 : 3;
		}
		const clickhouse = new Clickhouse(plan.address, login);
		const file = openOutbox(keptAt, plan.address.name, plan.sender, Date.now());
		try {
			await sendAll(file, clickhouse, plan, options.quiet);
		} finally {
			file.close();
			await clickhouse.close();
		}
		return isWhole ? 0 : 3;
	} catch (error) {
		throw error instanceof StoreError || error instanceof ClickhouseError
			? new UserError(error.message, 3, {cause: error})
			: error;
	}
};

const warn = (line: string): void => {
	process.stderr.write(`hitrate: ${sanitize(line)}\n`);
};

/** Reads all sources, and closes their store. */
const readIntoStore = async (options: Options): Promise<{readonly keptAt: string; readonly isWhole: boolean}> => {
	const session = await openSession(options);
	const {keptAt} = session;
	try {
		if (keptAt === undefined) {
			throw new UserError(
				session.notKept ?? 'nothing of these sources is kept on disk, and only what is kept can be shipped',
				3,
			);
		}
		return {keptAt, isWhole: await read(session)};
	} finally {
		session.store.close();
	}
};

/**
 * Reports problems. Returns true if everything that was named was read; requests of earlier runs can be shipped in any
 * case.
 */
const read = async (session: Session): Promise<boolean> => {
	const {ingest, isWhole, unrecognised, readAny} = await readAll(session);
	for (const {message} of [...ingest.problems, ...unrecognised]) {
		warn(message);
	}
	if (session.sources.length === 0 && session.problems.length === 0) {
		warn(`found no log. Looked at: ${session.lookedAt.join(', ')}`);
	}
	return readAny && isWhole && unrecognised.length === 0;
};

const sendAll = async (
	{outbox, store}: OutboxFile,
	clickhouse: Clickhouse,
	{address, sender}: ShippingPlan,
	quiet: boolean,
): Promise<void> => {
	const {waiting} = outbox.state;
	const showsProgress = process.stderr.isTTY === true && !quiet;
	const shipper = new Shipper({outbox, clickhouse, sender, store, version: manifest.version, now: Date.now});
	const {sent, forgotten} = await shipAll({
		shipper,
		onProgress: total => {
			const done = total.sent + total.forgotten;
			if (showsProgress && done < waiting) {
				process.stderr.write(`\r\u001b[Kshipped ${formatCount(done)} of ${formatCount(waiting)}`);
			}
		},
		onFailure: ({message}) => warn(`${message}; trying again`),
		wait: time => new Promise(resolve => setTimeout(resolve, time)),
		random: Math.random,
	});
	if (showsProgress) {
		process.stderr.write('\r\u001b[K');
	}
	if (!quiet) {
		const also = forgotten > 0 ? `, and had ${formatCount(forgotten)} forgotten` : '';
		process.stdout.write(
			`shipped ${plural(sent, 'request')} to ${sanitize(address.name)} as ${sanitize(sender.shipper)}${also}\n`,
		);
	}
};

import {fstatSync} from 'node:fs';
import process from 'node:process';
import manifest from '../../../package.json' with {type: 'json'};
import {UserError} from '../../errors.js';
import type {ShippingPlan} from '../../fleet/shipping/shipping-options.js';
import {type Shipping, startShipping} from '../../fleet/shipping/start-shipping.js';
import type {Login} from '../../fleet/table/clickhouse.js';
import type {Alerting} from '../../server/evaluation.js';
import {tokenFor, tokenVariable} from '../../server/guard.js';
import {defaultListen, parseListen} from '../../server/listen-address.js';
import {isJournal, logTo} from '../../server/service-log.js';
import {startServing} from '../../server/serving.js';
import type {Options} from '../../session/options.js';
import {openSession, type Session} from '../../session/session.js';
import {StoreError} from '../../store/store.js';

type ServeOptions = Options & {
	/** The address as given; undefined for the default. */
	readonly listen: string | undefined;
	/** Undefined without rules. */
	readonly alerting: Alerting | undefined;
	/** Undefined if nothing is shipped. */
	readonly shipping: (ShippingPlan & {readonly login: Login}) | undefined;
};

/** `hitrate serve`: follows logs, stores requests, evaluates rules and answers over HTTP, until a signal ends it. */
export const serve = async (options: ServeOptions): Promise<number> => {
	const address = options.listen === undefined ? defaultListen : parseListen(options.listen);
	const token = tokenFor(address, process.env);
	// Commands of --exec and alerts inherit the environment, and must not see the token.
	delete process.env[tokenVariable];
	// Suppresses a library's warnings about unknown prices, which are shown as n/a anyway.
	console.warn = () => {};
	const say = logTo({
		write: text => process.stderr.write(text),
		timed: !isJournal(process.env, fstatSync(2)),
		now: Date.now,
	});
	const ended = endOf();
	const serving = await startServing({
		address,
		token,
		open: keep => openSources({...options, keep: options.keep && keep}),
		filter: options.filter,
		zone: options.zone,
		version: manifest.version,
		title: options.title,
		alerting: options.alerting,
		ship: options.shipping && shipperOf(options.shipping, say),
		say,
		onFail: ended.fail,
	});
	say(`stopping: ${await ended.signal}`);
	try {
		await serving.stop();
	} catch (error) {
		if (!(error instanceof StoreError)) {
			throw error;
		}
		say(`${error.message}; what was read last is read again next time`);
	}
	// Reading a long history must not delay the exit.
	setTimeout(() => process.exit(0), 50).unref();
	return 0;
};

const shipperOf =
	(how: NonNullable<ServeOptions['shipping']>, say: (line: string) => void) =>
	(path: string, onError: (error: unknown) => void): Shipping =>
		startShipping({...how, path, version: manifest.version}, say, onError);

const openSources = async (options: Options): Promise<Session> => {
	const session = await openSession(options);
	if (session.sources.length === 0 && session.problems.length === 0 && !session.isRemote) {
		session.store.close();
		throw new UserError(
			`found no log. Looked at: ${session.lookedAt.join(', ')}. Name one, as in: hitrate serve path/to/worker.log`,
			3,
		);
	}
	return session;
};

/** Resolves with the signal or failure that ends the service. A second signal ends the process at once. */
const endOf = () => {
	let fail: (error: unknown) => void = () => {};
	const signal = new Promise<string>((resolve, reject) => {
		fail = reject;
		for (const [name, number] of [
			['SIGINT', 2],
			['SIGTERM', 15],
		] as const) {
			process.once(name, () => {
				process.once(name, () => process.exit(128 + number));
				resolve(name);
			});
		}
	});
	return {signal, fail};
};

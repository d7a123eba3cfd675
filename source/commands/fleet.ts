import process from 'node:process';
import {UsageError, UserError} from '../errors.js';
import type {FlagValues} from '../flags/flags.js';
import {type ClickhouseAddress, parseClickhouseAddress} from '../fleet/table/address.js';
import {Clickhouse, type ClickhouseOptions} from '../fleet/table/clickhouse.js';
import {ClickhouseError} from '../fleet/table/clickhouse-error.js';
import {fleetStatusJson} from '../output/json/fleet-status.js';
import {jsonText} from '../output/json/json.js';
import {fleetStatusText} from '../output/text/fleet-status.js';
import type {Options} from '../session/options.js';
import {clickhouseLogin} from '../settings/clickhouse-login.js';
import type {Settings} from '../settings/schema.js';
import {sanitize} from '../text/sanitize.js';
import {print} from './print.js';

/** The flags of `fleet`. */
export type FleetFlags = Pick<FlagValues, 'print' | 'cluster' | 'once'>;

type Given = {
	readonly address: ClickhouseAddress;
	readonly flags: FleetFlags;
	readonly options: Options;
	/** Runs a query with a connection that is closed afterwards. */
	readonly asking: <Answer>(
		work: (clickhouse: Clickhouse) => Promise<Answer>,
		options?: ClickhouseOptions,
	) => Promise<Answer>;
};

/** `hitrate fleet`: maintains the ClickHouse that hosts ship to. */
export const fleet = async (
	words: readonly string[],
	options: Options,
	flags: FleetFlags,
	settings: Settings,
): Promise<number> => {
	const [word = '', text, ...more] = words;
	const action = Object.hasOwn(actions, word) ? actions[word as keyof typeof actions] : undefined;
	if (!action) {
		throw new UsageError(
			`fleet: ${word === '' ? 'name an action' : `unknown action "${word}"`}. Choose from ${Object.keys(actions).join(', ')}.`,
		);
	}
	if (text === undefined || more.length > 0) {
		throw new UsageError(`fleet ${word}: name one ClickHouse, as in clickhouse+https://host:8443/hitrate.`);
	}
	const address = parseClickhouseAddress(text);
	const asking: Given['asking'] = async (work, how) => {
		const clickhouse = new Clickhouse(address, clickhouseLogin(settings, process.env), how);
		try {
			return await work(clickhouse);
		} finally {
			await clickhouse.close();
		}
	};
	try {
		return await action({address, flags, options, asking});
	} catch (error) {
		throw error instanceof ClickhouseError ? new UserError(error.message, 3, {cause: error}) : error;
	}
};

/** A database that always exists, to connect to before the fleet's own is created. */
const firstDatabase = 'default';

const actions = {
	/** Creates tables and users; safe to repeat. */
	init: async ({address: {database}, flags, asking}) => {
		const {initFleet, initScript} = await import('../fleet/setup/init.js');
		await print(
			flags.print
				? initScript(database, flags.cluster)
				: await asking(clickhouse => initFleet(clickhouse, database, flags.cluster), {database: firstDatabase}),
		);
		return 0;
	},
	/** Lists which hosts shipped what, and when. */
	status: async ({address, options, asking}) => {
		const {fleetStatus} = await import('../fleet/setup/fleet-status.js');
		const status = await asking(clickhouse => fleetStatus(clickhouse, address.database));
		await print(options.json ? jsonText(fleetStatusJson(status, address.name)) : fleetStatusText(status, address.name));
		return 0;
	},
	/** Settles threads of several hosts and computes sums: once, or until stopped. */
	keep: async ({flags, asking}) => {
		if (flags.once) {
			const {keepOnce, keptText} = await import('../fleet/keep/keeper.js');
			await print(`${keptText(await asking(clickhouse => keepOnce(clickhouse, undefined)))}\n`);
			return 0;
		}
		const {startKeeper} = await import('../fleet/keep/keeper.js');
		return asking(async server => {
			let isStopped = false;
			const keeper = startKeeper({
				server,
				say: line => process.stderr.write(`hitrate: ${sanitize(line)}\n`),
				random: Math.random,
			});
			for (const signal of ['SIGINT', 'SIGTERM'] as const) {
				process.once(signal, () => {
					isStopped = true;
					void keeper.stop();
				});
			}
			await keeper.ended;
			return isStopped ? 0 : 3;
		});
	},
} satisfies Record<string, (given: Given) => Promise<number>>;

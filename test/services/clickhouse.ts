import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseClickhouseAddress} from '../../source/fleet/table/address.js';
import {Clickhouse} from '../../source/fleet/table/clickhouse.js';
import {createTables} from '../../source/fleet/table/schema.js';
import {until} from '../support/until.js';
import {freePort} from './prometheus.js';

const program = '/usr/sbin/clickhouse-server';

/** Whether Debian's server is there. Says so where it is not, for a skip is not silent. */
export const hasClickhouse = (): boolean => {
	const isThere = existsSync(program);
	if (!isThere) {
		console.warn('SKIPPED: what needs ClickHouse, which is not installed.');
	}
	return isThere;
};

/** A ClickHouse server of a test's own, on free ports. */
export type ClickhouseServer = {
	/** As hitrate is given it: `clickhouse+http://127.0.0.1:PORT/hitrate`. */
	readonly address: string;
	/** Asks as the administrator, in the database of the address. */
	readonly client: Clickhouse;
	start(): Promise<void>;
	/** Ends it at once, as a crash does. */
	kill(): Promise<void>;
};

const config = (folder: string, http: number, tcp: number) => `<yandex>
<logger><level>warning</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
<mark_cache_size>67108864</mark_cache_size><path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path>
<users_config>users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database><timezone>UTC</timezone>
</yandex>`;

const users = `<yandex><profiles><default><max_memory_usage>2000000000</max_memory_usage></default></profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
<quotas><default/></quotas></yandex>`;

/** Makes and starts a server whose data lie in a folder, with the tables of a fleet. */
export const startClickhouse = async (folder: string): Promise<ClickhouseServer> => {
	const [http, tcp] = [await freePort(), await freePort()];
	for (const name of ['data', 'tmp']) {
		mkdirSync(join(folder, name), {recursive: true});
	}
	writeFileSync(join(folder, 'config.xml'), config(folder, http, tcp));
	writeFileSync(join(folder, 'users.xml'), users);
	const address = `clickhouse+http://127.0.0.1:${http}/hitrate`;
	const parsed = parseClickhouseAddress(address);
	const whole = new Clickhouse(parsed, {}, {database: 'default'});
	let running: ChildProcess | undefined;
	const start = async () => {
		running = spawn(program, [`--config-file=${join(folder, 'config.xml')}`], {stdio: 'ignore'});
		await until(() => whole.rows('SELECT 1'));
	};
	await start();
	for (const statement of createTables(parsed.database, undefined)) {
		await whole.run(statement);
	}
	return {
		address,
		client: new Clickhouse(parsed, {}),
		start,
		kill: async () => {
			const ended = new Promise(resolve => running?.once('exit', resolve));
			running?.kill('SIGKILL');
			await ended;
		},
	};
};

import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll} from 'vitest';
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

/** @param more of a server that is one of a cluster */
const config = (folder: string, {http, tcp}: Ports, more: string) => `<yandex>
<logger><level>warning</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><listen_host>127.0.0.1</listen_host>
<mark_cache_size>67108864</mark_cache_size><path>${folder}/data/</path><tmp_path>${folder}/tmp/</tmp_path>
<users_config>users.xml</users_config><default_profile>default</default_profile>
<default_database>default</default_database><timezone>UTC</timezone>
${more}</yandex>`;

/** With the settings that `fleet init` gives its users, and less memory. */
const users = `<yandex>
<profiles><default>
<max_memory_usage>2000000000</max_memory_usage><max_read_buffer_size>65536</max_read_buffer_size>
</default></profiles>
<users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
<quotas><default/></quotas></yandex>`;

/** Where a server answers: over HTTP, and other servers of its cluster. */
export type Ports = {readonly http: number; readonly tcp: number};

export const freePorts = async (): Promise<Ports> => ({http: await freePort(), tcp: await freePort()});

/** Makes and starts a server whose data lie in a folder. @param more XML of its configuration */
export const startServer = async (
	folder: string,
	ports: Ports,
	more: string,
): Promise<ClickhouseServer & {readonly run: (statement: string) => Promise<void>}> => {
	for (const name of ['data', 'tmp']) {
		mkdirSync(join(folder, name), {recursive: true});
	}
	writeFileSync(join(folder, 'config.xml'), config(folder, ports, more));
	writeFileSync(join(folder, 'users.xml'), users);
	const address = `clickhouse+http://127.0.0.1:${ports.http}/hitrate`;
	const parsed = parseClickhouseAddress(address);
	const whole = new Clickhouse(parsed, {}, {database: 'default'});
	let running: ChildProcess | undefined;
	const start = async () => {
		running = spawn(program, [`--config-file=${join(folder, 'config.xml')}`], {stdio: 'ignore'});
		await until(() => whole.rows('SELECT 1'));
	};
	await start();
	return {
		address,
		client: new Clickhouse(parsed, {}),
		run: statement => whole.run(statement),
		start,
		kill: async () => {
			const server = running;
			running = undefined;
			if (server) {
				const ended = new Promise(resolve => server.once('exit', resolve));
				server.kill('SIGKILL');
				await ended;
			}
		},
	};
};

/** A server with the tables of a fleet. */
export const startClickhouse = async (folder: string): Promise<ClickhouseServer> => {
	const server = await startServer(folder, await freePorts(), '');
	for (const statement of createTables('hitrate', undefined)) {
		await server.run(statement);
	}
	return server;
};

/** A server for the tests of a block: begun before them in a folder of their own, and ended after them. */
export const useClickhouse = (
	name: string,
	before: (server: ClickhouseServer, folder: string) => Promise<void> | void = () => {},
): {readonly folder: string; readonly server: ClickhouseServer} => {
	const folder = mkdtempSync(join(tmpdir(), `hitrate-${name}-`));
	let server: ClickhouseServer | undefined;
	beforeAll(async () => {
		server = await startClickhouse(join(folder, 'server'));
		await before(server, folder);
	});
	afterAll(async () => {
		await server?.kill();
		rmSync(folder, {recursive: true, force: true});
	});
	return {
		folder,
		get server() {
			return server as ClickhouseServer;
		},
	};
};

import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import {expect} from 'vitest';
import {until} from '../support/until.js';
import {type ClickhouseServer, freePorts, startServer} from './clickhouse.js';
import {freePort} from './prometheus.js';

const libraries = '/usr/share/java';

/** Whether Debian's ZooKeeper is there. Says so where it is not, for a skip is not silent. */
export const hasZookeeper = (): boolean => {
	const isThere = existsSync(join(libraries, 'zookeeper.jar'));
	if (!isThere) {
		console.warn('SKIPPED: what needs ZooKeeper, which is not installed.');
	}
	return isThere;
};

/** A fleet's cluster of two shards of two replicas each, on free ports of this machine, named `fleet`. */
export type Cluster = {
	/** The replicas of each shard. */
	readonly shards: readonly (readonly ClickhouseServer[])[];
	/** Of all of its servers, as hitrate is given it. */
	readonly address: string;
	/** Ends all of it. */
	kill(): Promise<void>;
};

/** What ZooKeeper says of itself; '' where it says nothing. It answers its port before it takes sessions. */
const stateOf = (port: number): Promise<string> =>
	new Promise(resolve => {
		let said = '';
		const socket = connect(port, '127.0.0.1', () => socket.write('srvr'));
		socket.on('data', data => {
			said += String(data);
		});
		socket.on('error', () => resolve(''));
		socket.on('close', () => resolve(said));
	});

const startZookeeper = async (folder: string, port: number): Promise<ChildProcess> => {
	mkdirSync(join(folder, 'data'), {recursive: true});
	const settings = join(folder, 'zoo.cfg');
	writeFileSync(
		settings,
		`tickTime=2000\ndataDir=${folder}/data\nclientPort=${port}\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\n`,
	);
	const path = readdirSync(libraries)
		.filter(name =>
			/^(?:zookeeper|zookeeper-jute|slf4j-api|slf4j-simple|netty.*|snappy.*|metrics-core.*|commons-.*|log4j.*)\.jar$/.test(
				name,
			),
		)
		.map(name => join(libraries, name));
	const zookeeper = spawn(
		'java',
		[
			'-Xmx256m',
			'-Dzookeeper.jmx.log4j.disable=true',
			'-cp',
			path.join(':'),
			'org.apache.zookeeper.server.quorum.QuorumPeerMain',
			settings,
		],
		{stdio: 'ignore'},
	);
	await until(async () => expect(await stateOf(port)).toContain('Mode: standalone'));
	return zookeeper;
};

/** Makes and starts a cluster whose data lie in a folder; without the tables of a fleet. */
export const startCluster = async (folder: string): Promise<Cluster> => {
	const port = await freePort();
	const zookeeper = await startZookeeper(join(folder, 'zookeeper'), port);
	const places = await Promise.all(
		[0, 0, 1, 1].map(async shard => ({shard, ports: await freePorts(), peer: await freePort()})),
	);
	const xml = [0, 1]
		.map(shard => {
			const replicas = places
				.filter(place => place.shard === shard)
				.map(({ports}) => `<replica><host>127.0.0.1</host><port>${ports.tcp}</port></replica>`);
			return `<shard><internal_replication>true</internal_replication>${replicas.join('')}</shard>`;
		})
		.join('');
	const servers = await Promise.all(
		places.map(({shard, ports, peer}, index) =>
			startServer(
				join(folder, `server${index}`),
				ports,
				`<interserver_http_port>${peer}</interserver_http_port><interserver_http_host>127.0.0.1</interserver_http_host>
<zookeeper><node><host>127.0.0.1</host><port>${port}</port></node><session_timeout_ms>5000</session_timeout_ms></zookeeper>
<macros><shard>${shard}</shard><replica>${index}</replica></macros><distributed_ddl><path>/clickhouse/ddl</path></distributed_ddl>
<remote_servers><fleet>${xml}</fleet></remote_servers>`,
			),
		),
	);
	return {
		shards: [servers.slice(0, 2), servers.slice(2)],
		address: `clickhouse+http://${places.map(({ports}) => `127.0.0.1:${ports.http}`).join(',')}/hitrate`,
		kill: async () => {
			await Promise.all(servers.map(server => server.kill()));
			zookeeper.kill('SIGKILL');
		},
	};
};

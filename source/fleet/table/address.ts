import {UsageError} from '../../errors.js';

/** A database on a ClickHouse, as hosts ship to it and a fleet is read from it. */
export type ClickhouseAddress = {
	/** The address as it is shown and kept: `clickhouse+https://host:8443/hitrate`. It holds no user and no password. */
	readonly name: string;
	/** Where it answers over HTTP, without a slash at the end; several are servers of one cluster. */
	readonly servers: readonly [string, ...string[]];
	readonly database: string;
};

const defaultDatabase = 'hitrate';
const form = 'not a valid ClickHouse address. Write it as clickhouse+https://host:8443/database.';

/** Whether an argument names a ClickHouse rather than a file. */
export const isClickhouseAddress = (text: string): boolean => /^clickhouse[+:]/i.test(text);

/**
 * Reads `clickhouse+https://host[:port][,host[:port]…][/database]`. The port is 8443 unless told, 8123 without TLS;
 * the database is `hitrate` unless told. Without TLS only this machine is reached.
 * @throws UsageError that does not repeat a password written into the address
 */
export const parseClickhouseAddress = (text: string): ClickhouseAddress => {
	const [, scheme = '', authority = '', path = ''] =
		/^clickhouse\+(https?):\/\/([^/?#\s]+)(?:\/([^/?#\s]*)\/?)?$/i.exec(text) ?? [];
	if (authority.includes('@')) {
		throw new UsageError(
			`an address holds no user and no password: they would show in lists of processes. Set ${userVariable} and ${passwordVariable} instead.`,
		);
	}
	const protocol = scheme.toLowerCase();
	const hosts = authority.split(',').map(host => hostOf(protocol, host));
	if (hosts.some(host => host === undefined)) {
		throw new UsageError(form);
	}
	const database = path === '' ? defaultDatabase : path;
	if (!/^[A-Za-z_]\w{0,63}$/.test(database)) {
		throw new UsageError(`${authority}: the database's name is to be of letters, digits and _`);
	}
	const open = (hosts as readonly Host[]).find(({name}) => protocol === 'http' && !isLoopback(name));
	if (open) {
		throw new UsageError(`${open.name}: the password would travel unencrypted; use clickhouse+https://`);
	}
	const places = (hosts as readonly Host[]).map(
		({name, port}) => `${name}:${port ?? (protocol === 'http' ? 8123 : 8443)}`,
	);
	return {
		name: `clickhouse+${protocol}://${places.join(',')}/${database}`,
		servers: places.map(place => `${protocol}://${place}`) as [string, ...string[]],
		database,
	};
};

/** The environment's variables that hold who asks. */
export const userVariable = 'HITRATE_CLICKHOUSE_USER';
/** The password of `userVariable`'s user. */
export const passwordVariable = 'HITRATE_CLICKHOUSE_PASSWORD';
/** That which names a file with the certificates of the authority that signed the servers'. */
export const caVariable = 'HITRATE_CLICKHOUSE_CA';

type Host = {readonly name: string; readonly port: string | undefined};

/** A URL drops the port that is usual for its protocol, so that it is read apart. Undefined for what is no host. */
const hostOf = (protocol: string, text: string): Host | undefined => {
	try {
		const {hostname, pathname} = new URL(`${protocol}://${text}`);
		return hostname === '' || pathname !== '/' ? undefined : {name: hostname, port: /:(\d+)$/.exec(text)?.[1]};
	} catch {
		return undefined;
	}
};

const isLoopback = (host: string): boolean =>
	host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host);

import {UsageError} from '../../errors.js';

/** The address of a database on a ClickHouse server or cluster. */
export type ClickhouseAddress = {
	/** The address for display and storage, without user and password: `clickhouse+https://host:8443/hitrate`. */
	readonly name: string;
	/** Base URLs without a trailing slash; several are servers of one cluster. */
	readonly servers: readonly [string, ...string[]];
	readonly database: string;
};

const defaultDatabase = 'hitrate';
const form = 'not a valid ClickHouse address. Write it as clickhouse+https://host:8443/database.';

/** True if an argument names a ClickHouse rather than a file. */
export const isClickhouseAddress = (text: string): boolean => /^clickhouse[+:]/i.test(text);

/**
 * Parses `clickhouse+https://host[:port][,host[:port]…][/database]`. The default port is 8443, or 8123 without TLS; the
 * default database is `hitrate`. Without TLS, only this machine is allowed.
 * @throws UsageError whose message does not repeat a password in the address
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

/** Environment variable with the user's name. */
export const userVariable = 'HITRATE_CLICKHOUSE_USER';
/** Environment variable with the user's password. */
export const passwordVariable = 'HITRATE_CLICKHOUSE_PASSWORD';
/** Environment variable with the path of the CA certificates for the servers. */
export const caVariable = 'HITRATE_CLICKHOUSE_CA';

type Host = {readonly name: string; readonly port: string | undefined};

/**
 * Parses a host with its port, which `URL` would drop if it is the protocol's default. Undefined if the text is not a
 * host.
 */
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

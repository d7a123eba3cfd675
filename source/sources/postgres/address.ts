import {UsageError} from '../../errors.js';
import {isLoopback} from '../../network/loopback.js';

/** The address of a LiteLLM database and its table of spend logs. */
export type PostgresAddress = {
	/** The address for display and storage, without user and password: `postgres://host:5432/litellm`. */
	readonly name: string;
	readonly host: string;
	readonly port: number;
	readonly database: string;
	/** Undefined if the environment names the user. */
	readonly user: string | undefined;
	/** Name of the table, unquoted, optionally preceded by a schema. */
	readonly table: readonly string[];
	readonly tls: TlsMode;
};

/**
 * Encryption of the connection, named as PostgreSQL's `sslmode`: `disable` sends plain text, `require` encrypts without
 * verification, `verify-full` verifies the certificate.
 */
type TlsMode = 'disable' | 'require' | 'verify-full';

const tlsModes: readonly TlsMode[] = ['disable', 'require', 'verify-full'];
const defaultTable = 'LiteLLM_SpendLogs';
const form = 'a LiteLLM database is written postgres://host[:port]/database';

/** True if an argument names a PostgreSQL database rather than a file. */
export const isPostgresAddress = (text: string): boolean => /^postgres(?:ql)?:/i.test(text);

/**
 * Parses `postgres://[user@]host[:port]/database[?table=…&sslmode=…]`. Connections to other machines are encrypted and
 * verified, unless `sslmode` says otherwise.
 * @throws UsageError that does not repeat a password in the address
 */
export const parsePostgresAddress = (text: string): PostgresAddress => {
	const url = urlOf(text);
	const database = decoded(url?.pathname.slice(1) ?? '');
	if (!url || url.hostname === '' || !database || database.includes('/')) {
		throw new UsageError(`${form}, as in postgres://localhost/litellm`);
	}
	if (url.password !== '') {
		throw new UsageError(
			`${url.host}: a password in an address shows in lists of processes. Set PGPASSWORD, or use a ~/.pgpass file.`,
		);
	}
	const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
	const {
		table = defaultTable,
		sslmode = isLoopback(host) ? 'disable' : 'verify-full',
		...rest
	} = Object.fromEntries(url.searchParams);
	const [unknown] = Object.keys(rest);
	if (unknown !== undefined) {
		throw new UsageError(`${url.host}: unknown parameter "${unknown}". Choose from table, sslmode.`);
	}
	const tls = tlsModes.find(mode => mode === sslmode);
	if (!tls) {
		throw new UsageError(`${url.host}: unknown sslmode "${sslmode}". Choose from ${tlsModes.join(', ')}.`);
	}
	if (!/^[\w$]+(?:\.[\w$]+)?$/.test(table)) {
		throw new UsageError(`${url.host}: "${table}" is not a valid table name.`);
	}
	const port = url.port === '' ? 5432 : Number(url.port);
	const shown = table === defaultTable ? '' : `?table=${table}`;
	return {
		name: `postgres://${url.hostname}:${port}/${encodeURIComponent(database)}${shown}`,
		host,
		port,
		database,
		user: url.username === '' ? undefined : decoded(url.username),
		table: table.split('.'),
		tls,
	};
};

const urlOf = (text: string): URL | undefined => {
	try {
		return new URL(text.replace(/^postgresql:/i, 'postgres:'));
	} catch {
		return undefined;
	}
};

/** Undefined for invalid percent encoding. */
const decoded = (text: string): string | undefined => {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
};

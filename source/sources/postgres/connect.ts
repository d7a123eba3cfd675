import {readFileSync} from 'node:fs';
import {Socket} from 'node:net';
import {homedir} from 'node:os';
import type Pg from 'pg';
import {lazy} from '../../system/lazy.js';
import type {PostgresAddress} from './address.js';
import {queryError} from './query-error.js';
import type {Database} from './spend-logs.js';

const pg = lazy<typeof Pg>('pg');

/** Milliseconds for connecting, and for a page of rows. */
const connectTimeout = 15_000;
const queryTimeout = 60_000;

/** An open connection to a PostgreSQL server. */
export type Connection = Database & {
	/** False once the server or the network has ended it. */
	readonly isOpen: boolean;
	close(): Promise<void>;
};

/**
 * Connects for reading only. Credentials come from the address, PGUSER, PGPASSWORD and the password file (PGPASSFILE,
 * else ~/.pgpass), as with PostgreSQL's own programs.
 * @throws QueryError
 */
export const connect = async (address: PostgresAddress): Promise<Connection> => {
	const {host, port, database, user, tls} = address;
	const certificate = process.env.PGSSLROOTCERT;
	// A socket of our own, which can be closed even while the server waits for a password.
	const socket = new Socket();
	let isOpen = true;
	try {
		const client = new (pg().Client)({
			host,
			port,
			database,
			...(user !== undefined && {user}),
			stream: () => socket,
			application_name: 'hitrate',
			connectionTimeoutMillis: connectTimeout,
			query_timeout: queryTimeout + 5000,
			options: `-c default_transaction_read_only=on -c statement_timeout=${queryTimeout} -c TimeZone=UTC`,
			ssl:
				tls === 'disable'
					? false
					: {
							rejectUnauthorized: tls === 'verify-full',
							...(certificate && {ca: readFileSync(certificate.replace(/^~(?=\/)/, homedir()))}),
						},
		});
		// Without a listener, a lost connection would end the process.
		client.on('error', () => {
			isOpen = false;
		});
		client.on('end', () => {
			isOpen = false;
		});
		await client.connect();
		return {
			get isOpen() {
				return isOpen;
			},
			query: async (text, values) => client.query(text, values && [...values]),
			close: async () => {
				isOpen = false;
				await client.end().catch(() => {});
				socket.destroy();
			},
		};
	} catch (error) {
		socket.destroy();
		throw queryError(error);
	}
};

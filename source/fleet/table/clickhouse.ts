import {readFileSync} from 'node:fs';
import type * as Library from '@clickhouse/client';
import {UsageError} from '../../errors.js';
import {lazy} from '../../system/lazy.js';
import type {ClickhouseAddress} from './address.js';
import type {ClickhouseError} from './clickhouse-error.js';
import {clickhouseErrorOf} from './to-clickhouse-error.js';

const library = lazy<typeof Library>('@clickhouse/client');

/** Credentials. Without a user, ClickHouse's `default` is used. */
export type Login = {
	readonly user?: string | undefined;
	readonly password?: string | undefined;
	/** Path of a PEM file with the CA certificates for the servers. */
	readonly caFile?: string | undefined;
};

/** Options of a connection; all are optional. */
export type ClickhouseOptions = {
	/** Milliseconds after which a request has failed. */
	readonly timeout?: number;
	/** Undefined uses the address's database. */
	readonly database?: string;
};

type Server = {readonly server: string; readonly client: Library.ClickHouseClient};

const defaultTimeout = 60_000;

/** The servers of an address. If one does not answer, the next is tried. Methods throw `ClickhouseError`s. */
export class Clickhouse {
	readonly #clients: readonly Server[];
	/** Index of the server that answered last. */
	#at = 0;

	/** Connects with the first request. @throws UsageError if the CA file cannot be read */
	constructor({servers, database: usual}: ClickhouseAddress, login: Login, options: ClickhouseOptions = {}) {
		const {timeout = defaultTimeout, database = usual} = options;
		const {createClient, ClickHouseLogLevel} = library();
		const ca = login.caFile === undefined ? undefined : certificatesIn(login.caFile);
		this.#clients = servers.map(server => ({
			server: new URL(server).host,
			client: createClient({
				url: server,
				database,
				username: login.user ?? 'default',
				password: login.password ?? '',
				application: 'hitrate',
				request_timeout: timeout,
				// A read-only user may not ask for compressed responses.
				compression: {request: true, response: false},
				log: {level: ClickHouseLogLevel.OFF},
				...(ca && {tls: {ca_cert: ca}}),
			}),
		}));
	}

	/** The rows of a query without a FORMAT clause, columns in the query's order. 64-bit numbers may be strings. */
	async rows(
		sql: string,
		signal?: AbortSignal,
		settings: Library.ClickHouseSettings = {},
	): Promise<readonly (readonly unknown[])[]> {
		return this.#ask(async client => {
			const result = await client.query({
				query: sql,
				format: 'JSONCompact',
				clickhouse_settings: settings,
				...(signal && {abort_signal: signal}),
			});
			const {data} = await result.json<readonly unknown[]>();
			return data as readonly (readonly unknown[])[];
		});
	}

	/** Runs a statement without a result. For an INSERT, returns when the servers have the rows. */
	async run(sql: string, signal?: AbortSignal): Promise<void> {
		await this.#ask(client =>
			client.command({
				query: sql,
				clickhouse_settings: {insert_distributed_sync: 1},
				...(signal && {abort_signal: signal}),
			}),
		);
	}

	/** Returns when the servers have all rows; if it throws, they may have some of them. */
	async insert(
		table: string,
		columns: readonly string[],
		rows: readonly Readonly<Record<string, unknown>>[],
		signal?: AbortSignal,
	): Promise<void> {
		await this.#ask(client =>
			client.insert({
				table,
				columns: columns as [string, ...string[]],
				values: rows,
				format: 'JSONEachRow',
				// On a cluster, wait for the shards.
				clickhouse_settings: {insert_distributed_sync: 1},
				...(signal && {abort_signal: signal}),
			}),
		);
	}

	async #ask<Answer>(question: (client: Library.ClickHouseClient) => Promise<Answer>): Promise<Answer> {
		/** An error that a server reported says more than that another one does not answer. */
		let told: ClickhouseError | undefined;
		// Other requests may run at the same time, so each keeps its own position.
		const first = this.#at;
		for (let tried = 1; ; tried++) {
			const at = (first + tried - 1) % this.#clients.length;
			const {server, client} = this.#clients[at] as Server;
			try {
				const answer = await question(client);
				this.#at = at;
				return answer;
			} catch (error) {
				const failure = clickhouseErrorOf(error, server);
				if (!failure.isPassing) {
					throw failure;
				}
				told ??= failure.code === undefined ? undefined : failure;
				if (tried >= this.#clients.length) {
					throw told ?? failure;
				}
			}
		}
	}

	async close(): Promise<void> {
		await Promise.all(this.#clients.map(({client}) => client.close()));
	}
}

const certificatesIn = (path: string): Buffer => {
	try {
		return readFileSync(path);
	} catch (error) {
		throw new UsageError(`${path}: the certificates cannot be read: ${(error as NodeJS.ErrnoException).code}`);
	}
};

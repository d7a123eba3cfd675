import {readFileSync} from 'node:fs';
import type * as Library from '@clickhouse/client';
import {UsageError} from '../../errors.js';
import {lazy} from '../../system/lazy.js';
import type {ClickhouseAddress} from './address.js';
import type {ClickhouseError} from './clickhouse-error.js';
import {clickhouseErrorOf} from './failure.js';

const library = lazy<typeof Library>('@clickhouse/client');

/** Who asks. Without a user it is ClickHouse's `default`. */
export type Login = {
	readonly user?: string | undefined;
	readonly password?: string | undefined;
	/** A file with the certificates of the authority that signed the servers' own, as PEM. */
	readonly caFile?: string | undefined;
};

/** How a ClickHouse is asked; all of it has defaults. */
export type ClickhouseOptions = {
	/** Milliseconds until a question has failed. */
	readonly timeout?: number;
	/** Undefined asks in the address' database. */
	readonly database?: string;
};

type Server = {readonly server: string; readonly client: Library.ClickHouseClient};

const defaultTimeout = 60_000;

/** The servers of one address, asked in turn: where one does not answer the next one is. Throws `ClickhouseError`s. */
export class Clickhouse {
	readonly #clients: readonly Server[];
	/** The one that answered last. */
	#at = 0;

	/** Connects with the first question. @throws UsageError where the file of the authority cannot be read */
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
				// A user who may only read may not ask for compressed answers.
				compression: {request: true, response: false},
				log: {level: ClickHouseLogLevel.OFF},
				...(ca && {tls: {ca_cert: ca}}),
			}),
		}));
	}

	/** The rows of a query, without a format: columns in its order. Numbers of 64 bits may come as texts. */
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

	/** A statement that answers nothing. Where it inserts, it returns when the servers have the rows. */
	async run(sql: string, signal?: AbortSignal): Promise<void> {
		await this.#ask(client =>
			client.command({
				query: sql,
				clickhouse_settings: {insert_distributed_sync: 1},
				...(signal && {abort_signal: signal}),
			}),
		);
	}

	/** Returns when the servers have the rows, all of them; where it throws they may have some. */
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
				// On a cluster the answer is to wait for the shards.
				clickhouse_settings: {insert_distributed_sync: 1},
				...(signal && {abort_signal: signal}),
			}),
		);
	}

	async #ask<Answer>(question: (client: Library.ClickHouseClient) => Promise<Answer>): Promise<Answer> {
		/** What a server said: more than that another one does not answer. */
		let told: ClickhouseError | undefined;
		// Others ask at the same time: each goes round by itself.
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

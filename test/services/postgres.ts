import {spawnSync} from 'node:child_process';
import {chownSync, existsSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import pg from 'pg';
import {freePort} from './prometheus.js';

const versions = '/usr/lib/postgresql';

/** Where Debian keeps the server's programs; undefined where it is not installed. Says so, for a skip is not silent. */
export const postgresPrograms = (): string | undefined => {
	const version = existsSync(versions)
		? readdirSync(versions).sort((one, other) => Number(other) - Number(one))[0]
		: undefined;
	if (version === undefined) {
		console.warn('SKIPPED: what needs PostgreSQL, which is not installed.');
		return undefined;
	}
	return join(versions, version, 'bin');
};

/** A PostgreSQL server of a test's own, on a free port. */
export type Postgres = {
	readonly port: number;
	/** Runs SQL as its administrator. */
	sql(text: string, values?: readonly unknown[], database?: string): Promise<readonly Record<string, unknown>[]>;
	stop(): void;
	start(): void;
};

/** The server refuses to run as root. */
const asUser = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];

const must = (command: readonly string[]): void => {
	const [program = '', ...args] = [...asUser, ...command];
	const {status, stderr, error} = spawnSync(program, args, {encoding: 'utf8', cwd: '/'});
	if (status !== 0) {
		throw new Error(`${command.join(' ')}: ${error?.message ?? stderr}`);
	}
};

/** Makes and starts a server whose data lie in a folder; users from the network need a password. */
export const startPostgres = async (programs: string, folder: string): Promise<Postgres> => {
	if (asUser.length > 0) {
		const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], {encoding: 'utf8'}).stdout);
		chownSync(folder, id('-u'), id('-g'));
	}
	const data = join(folder, 'data');
	const port = await freePort();
	must([join(programs, 'initdb'), '-D', data, '-U', 'admin', '--auth-local=trust', '--auth-host=scram-sha-256']);
	const control = (...args: readonly string[]) =>
		must([join(programs, 'pg_ctl'), '-D', data, '-w', '-l', join(folder, 'log'), ...args]);
	const start = () => control('-o', `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`, 'start');
	start();
	return {
		port,
		sql: async (text, values, database = 'postgres') => {
			const client = new pg.Client({host: folder, port, user: 'admin', database});
			await client.connect();
			try {
				return (await client.query(text, values && [...values])).rows;
			} finally {
				await client.end();
			}
		},
		start,
		stop: () => control('-m', 'immediate', 'stop'),
	};
};

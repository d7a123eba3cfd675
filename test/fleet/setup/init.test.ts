import {expect, test} from 'vitest';
import {initFleet, initScript} from '../../../source/fleet/setup/init.js';
import {ClickhouseError} from '../../../source/fleet/table/clickhouse-error.js';
import {columns} from '../../../source/fleet/table/columns.js';
import {createTables} from '../../../source/fleet/table/schema.js';

/** A server of a version, with columns and users; it notes what it is told to do. */
const server = (version: string, {present = [], users = []}: {present?: string[][]; users?: string[]} = {}) => {
	const done: string[] = [];
	return {
		done,
		rows: async (sql: string) =>
			sql.includes('version()') ? [[version]] : sql.includes('system.users') ? users.map(name => [name]) : present,
		run: async (sql: string) => {
			done.push(sql);
		},
	};
};

test('a current server gets users, each with a password of its own and no more than it needs', async () => {
	const fresh = server('25.8.1.1');
	const told = await initFleet(fresh, 'logs', undefined);
	const grants = fresh.done.filter(sql => sql.startsWith('GRANT'));
	expect(grants).toEqual([
		'GRANT INSERT ON logs.request TO hitrate_shipper',
		'GRANT INSERT ON logs.host TO hitrate_shipper',
		'GRANT SELECT ON logs.* TO hitrate_viewer',
		'GRANT SELECT, INSERT, CREATE TABLE, ALTER TABLE, DROP TABLE ON logs.* TO hitrate_keeper',
	]);
	const passwords = fresh.done.flatMap(sql => /BY '([^']+)'/.exec(sql)?.[1] ?? []);
	expect(new Set(passwords).size).toBe(3);
	for (const password of passwords) {
		expect(told).toContain(password);
	}
});

test('users that are there keep their passwords', async () => {
	const again = server('25.8.1.1', {users: ['hitrate_shipper', 'hitrate_viewer', 'hitrate_keeper']});
	const told = await initFleet(again, 'logs', undefined);
	expect(again.done.filter(sql => sql.startsWith('CREATE USER'))).toEqual([]);
	expect(told).toContain('has its password');
});

test('without the privilege to create users the statements are printed; tables are created all the same', async () => {
	const limited = server('25.8.1.1');
	const told = await initFleet(
		{
			...limited,
			run: async sql => {
				if (sql.startsWith('CREATE USER')) {
					throw new ClickhouseError('ch: the user lacks a privilege', {code: 497, isPassing: false});
				}
				await limited.run(sql);
			},
		},
		'logs',
		undefined,
	);
	expect(limited.done).toEqual(createTables('logs', undefined));
	expect(told).toContain('CREATE USER IF NOT EXISTS hitrate_shipper');
});

test('an old server: what to do by hand', async () => {
	const told = await initFleet(server('18.16.1'), 'logs', undefined);
	expect(told).toContain('Where that file is there already, leave');
	expect(told).toContain('cannot limit a user to INSERT');
	expect(told).toContain('<database>logs</database>');
});

test('tables of an earlier version get the columns that they lack, and no table is touched that is up to date', async () => {
	const present = Object.keys(columns)
		.filter(name => name !== 'events' && name !== 'cold')
		.map(name => ['request', name]);
	const old = server('18.16.1', {present});
	await initFleet(old, 'logs', undefined);
	expect(old.done.filter(sql => sql.startsWith('ALTER'))).toEqual([
		'ALTER TABLE logs.request ADD COLUMN events String',
		'ALTER TABLE logs.request ADD COLUMN cold UInt8',
	]);
});

test('a script for a cluster makes replicated tables and what spreads over them, on all servers', () => {
	const script = initScript('logs', "it's");
	expect(script.match(/ON CLUSTER 'it\\'s'/g)?.length).toBe(script.match(/^(?:CREATE|GRANT)/gm)?.length);
	expect(script).toContain(
		"Distributed('it\\'s', 'logs', 'request_local', sipHash64(if(thread = '', toString(id), thread)))",
	);
	expect(script).toContain(
		"ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/logs/request_local', '{replica}', ver)",
	);
});

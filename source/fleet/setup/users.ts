import {hash} from 'node:crypto';
import {literal} from '../table/literal.js';
import {hostTable, requestTable} from '../table/tables.js';

/** A user of the fleet's database. */
type FleetUser = {
	readonly name: string;
	/** What it is for, for people. */
	readonly purpose: string;
	/** What a server with users in SQL limits it to, for people. */
	readonly limit?: string;
	/** Settings and privileges, as SQL. */
	readonly settings: string;
	readonly grants: (database: string) => readonly string[];
};

/**
 * Bytes of the buffer through which a server reads each column of each part, as a setting. The default is 1 MB, and a
 * fleet's rows have some seventy columns: a list out of a hundred parts that are not merged yet would take gigabytes.
 */
const readBuffer = 65_536;

/** One for each purpose, each with no more than it needs. */
export const fleetUsers: readonly FleetUser[] = [
	{
		name: 'hitrate_shipper',
		purpose: 'the hosts',
		limit: 'may only insert',
		// Many hosts send a few rows each: the server gathers them before it writes.
		settings: 'async_insert = 1, wait_for_async_insert = 1',
		grants: database => [requestTable, hostTable].map(table => `INSERT ON ${database}.${table}`),
	},
	{
		name: 'hitrate_viewer',
		purpose: 'the screen and reports: may only read',
		settings: `readonly = 1, max_memory_usage = 4000000000, max_execution_time = 60, max_read_buffer_size = ${readBuffer}`,
		grants: database => [`SELECT ON ${database}.*`],
	},
	{
		name: 'hitrate_keeper',
		purpose: 'hitrate fleet keep: settles threads, and keeps sums',
		settings: `max_memory_usage = 8000000000, max_read_buffer_size = ${readBuffer}`,
		grants: database => [`SELECT, INSERT, CREATE TABLE, ALTER TABLE, DROP TABLE ON ${database}.*`],
	},
];

/** The statements that make a user. @param on what makes them run on a whole cluster; '' for one server */
export const createUser = (
	{name, settings, grants}: FleetUser,
	password: string,
	database: string,
	on: string,
): readonly string[] => [
	`CREATE USER IF NOT EXISTS ${name}${on} IDENTIFIED WITH sha256_password BY ${literal(password)} SETTINGS ${settings}`,
	...grants(database).map(privilege => `GRANT${on} ${privilege} TO ${name}`),
];

/** Users and privileges are statements of SQL since 20.4. @param version as the server tells it: `18.16.1` */
export const hasUsers = (version: string): boolean => {
	const [year = 0, month = 0] = version.split('.').map(Number);
	return year > 20 || (year === 20 && month >= 4);
};

/** What may be said of a user in a profile of a server's configuration. */
const profileXml = ({name, settings}: FleetUser): string =>
	`    <${name}>${settings
		.split(', ')
		.map(setting => setting.split(' = '))
		// Servers that are so old do not know it.
		.filter(([key = '']) => !key.includes('async_insert'))
		.map(([key, value]) => `<${key}>${value}</${key}>`)
		.join('')}</${name}>`;

const userXml = ({name}: FleetUser, database: string, password: string): string =>
	`    <${name}>
      <password_sha256_hex>${hash('sha256', password, 'hex')}</password_sha256_hex>
      <networks><ip>::/0</ip></networks>
      <profile>${name}</profile><quota>default</quota>
      <allow_databases><database>${database}</database></allow_databases>
    </${name}>`;

/**
 * What to do on a server whose users are in its configuration alone: a file of it, with new passwords.
 * @param newPassword makes one
 */
export const usersByHand = (version: string, database: string, newPassword: () => string): string => {
	const users = fleetUsers.map(user => ({user, password: newPassword()}));
	return `ClickHouse ${version} has no users in SQL (20.4 and later have). Put this into a file users.d/hitrate.xml
beside its users.xml, on each server; it is read without a restart.

<yandex>
  <profiles>
${users.map(({user}) => profileXml(user)).join('\n')}
  </profiles>
  <users>
${users.map(({user, password}) => userXml(user, database, password)).join('\n')}
  </users>
</yandex>

${passwordsText(users.map(({user: {name, purpose}, password}) => ({name, purpose, password})))}
This version cannot limit a user to INSERT: whoever has the shipper's password can read and delete the fleet's requests.
`;
};

/** The passwords of some users, for people. @param users those that keep theirs have none here */
export const passwordsText = (
	users: readonly (Pick<FleetUser, 'name' | 'purpose' | 'limit'> & {readonly password: string | undefined})[],
): string =>
	`Users and passwords, which are not shown again:\n${users
		.map(
			({name, purpose, limit, password = '(has its password)'}) =>
				`  ${name.padEnd(16)} ${password.padEnd(24)}  ${limit === undefined ? purpose : `${purpose}: ${limit}`}\n`,
		)
		.join('')}`;

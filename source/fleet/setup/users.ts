import {hash} from 'node:crypto';
import {literal} from '../table/literal.js';
import {hostTable, requestTable} from '../table/tables.js';

/** A user of the fleet's database. */
type FleetUser = {
	readonly name: string;
	/** The purpose, for people. */
	readonly purpose: string;
	/** The limits of the user, for people. */
	readonly limit?: string;
	/** Settings and grants, as SQL. */
	readonly settings: string;
	readonly grants: (database: string) => readonly string[];
};

/**
 * Buffer in bytes through which a server reads each column of each part. With the default of 1 MB, and the seventy
 * columns of a fleet's rows, a list over a hundred unmerged parts would take gigabytes.
 */
const readBuffer = 65_536;

/** A user for each purpose, with no more privileges than it needs. */
export const fleetUsers: readonly FleetUser[] = [
	{
		name: 'hitrate_shipper',
		purpose: 'the hosts',
		limit: 'may only insert',
		// Many hosts send a few rows each, so let the server batch them.
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

/** The statements that create a user. @param on the ON CLUSTER clause; '' for a single server */
export const createUser = (
	{name, settings, grants}: FleetUser,
	password: string,
	database: string,
	on: string,
): readonly string[] => [
	`CREATE USER IF NOT EXISTS ${name}${on} IDENTIFIED WITH sha256_password BY ${literal(password)} SETTINGS ${settings}`,
	...grants(database).map(privilege => `GRANT${on} ${privilege} TO ${name}`),
];

/** Users and grants exist in SQL since 20.4. @param version as the server reports it: `18.16.1` */
export const hasUsers = (version: string): boolean => {
	const [year = 0, month = 0] = version.split('.').map(Number);
	return year > 20 || (year === 20 && month >= 4);
};

/** The settings of a user as a profile in a server's configuration. */
const profileXml = ({name, settings}: FleetUser): string =>
	`    <${name}>${settings
		.split(', ')
		.map(setting => setting.split(' = '))
		// Servers without SQL users do not know this setting.
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
 * Instructions for a server whose users can only be configured in files, with a file and new passwords.
 * @param newPassword generates a password
 */
export const usersByHand = (version: string, database: string, newPassword: () => string): string => {
	const users = fleetUsers.map(user => ({user, password: newPassword()}));
	return `ClickHouse ${version} has no users in SQL (20.4 and later have). Put this into a file users.d/hitrate.xml
beside its users.xml, on each server; it is read without a restart. Where that file is there already, leave
it: the passwords below are new, and those of the users that it made would stop working.

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

/** The passwords of new users, for people. @param users those that keep their passwords have none here */
export const passwordsText = (
	users: readonly (Pick<FleetUser, 'name' | 'purpose' | 'limit'> & {readonly password: string | undefined})[],
): string =>
	`Users and passwords, which are not shown again:\n${users
		.map(
			({name, purpose, limit, password = '(has its password)'}) =>
				`  ${name.padEnd(16)} ${password.padEnd(24)}  ${limit === undefined ? purpose : `${purpose}: ${limit}`}\n`,
		)
		.join('')}`;

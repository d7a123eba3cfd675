import {randomBytes} from 'node:crypto';
import type {Clickhouse} from '../table/clickhouse.js';
import {ClickhouseError} from '../table/clickhouse-error.js';
import {literal} from '../table/literal.js';
import {addColumns, createTables} from '../table/schema.js';
import {createUser, fleetUsers, hasUsers, passwordsText, usersByHand} from './users.js';

const onCluster = (cluster: string | undefined): string =>
	cluster === undefined ? '' : ` ON CLUSTER ${literal(cluster)}`;

/** Everything that `initFleet` does on a new server, as a script; passwords have to be filled in. */
export const initScript = (database: string, cluster: string | undefined): string =>
	`${createTables(database, cluster).join(';\n\n')};

-- Users, on ClickHouse 20.4 and later; without --print, hitrate fleet init tells what to do on an older one.
${fleetUsers.flatMap(user => createUser(user, 'choose a password', database, onCluster(cluster))).join(';\n\n')};
`;

/**
 * Creates the missing tables and users of a fleet, and updates tables of an earlier version.
 * @param clickhouse connected to an existing database
 * @returns what was done and what is left to do, for people
 * @throws ClickhouseError if the tables cannot be created
 */
export const initFleet = async (
	clickhouse: Pick<Clickhouse, 'rows' | 'run'>,
	database: string,
	cluster: string | undefined,
): Promise<string> => {
	for (const statement of createTables(database, cluster)) {
		await clickhouse.run(statement);
	}
	const present = new Map<string, Set<string>>();
	for (const [table, column] of await clickhouse.rows(
		`SELECT table, name FROM system.columns WHERE database = ${literal(database)}`,
	)) {
		const names = present.get(String(table)) ?? new Set();
		present.set(String(table), names.add(String(column)));
	}
	const added = addColumns(database, present, cluster);
	for (const statement of added) {
		await clickhouse.run(statement);
	}
	const [[version] = []] = await clickhouse.rows('SELECT version()');
	return [
		`The tables of ${database} are there${added.length > 0 ? `, and ${added.length} columns were added to them` : ''}.`,
		hasUsers(String(version))
			? await makeUsers(clickhouse, database, cluster)
			: usersByHand(String(version), database, newPassword),
	].join('\n\n');
};

const newPassword = (): string => randomBytes(18).toString('base64url');

/** Creates users; existing ones keep their passwords. Without the privilege, explains what to do. */
const makeUsers = async (
	clickhouse: Pick<Clickhouse, 'rows' | 'run'>,
	database: string,
	cluster: string | undefined,
): Promise<string> => {
	const on = onCluster(cluster);
	try {
		const names = fleetUsers.map(({name}) => literal(name)).join(', ');
		const known = new Set(
			(await clickhouse.rows(`SELECT name FROM system.users WHERE name IN (${names})`)).map(([name]) => String(name)),
		);
		const made: Parameters<typeof passwordsText>[0][number][] = [];
		for (const user of fleetUsers) {
			const isKnown = known.has(user.name);
			const password = newPassword();
			const [create = '', ...grants] = createUser(user, password, database, on);
			for (const statement of isKnown ? grants : [create, ...grants]) {
				await clickhouse.run(statement);
			}
			made.push({...user, password: isKnown ? undefined : password});
		}
		return passwordsText(made);
	} catch (error) {
		if (!(error instanceof ClickhouseError)) {
			throw error;
		}
		return `The users could not be made (${error.message}). An administrator can, with these statements:\n\n${fleetUsers
			.flatMap(user => createUser(user, 'choose a password', database, on))
			.join(';\n')};\n`;
	}
};

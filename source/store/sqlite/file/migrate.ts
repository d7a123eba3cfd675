import {StoreError} from '../../store.js';
import {applicationId, type Migration, unreleasedLayouts} from '../tables/schema.js';
import type {Connection} from './connection.js';

/** The file has a layout from before the first release; it is set aside, and rebuilt from the logs. */
export class OldLayoutError extends StoreError {}

const numberOf = (database: Connection, pragma: string): number => database.row(`PRAGMA ${pragma}`)?.[0] as number;

/**
 * Brings a file to the version of this program, all steps or none.
 * Throws a `StoreError` for a file that is not a store, or of a newer version; an `OldLayoutError` for one of a layout
 * from before the first release.
 */
export const migrate = (database: Connection, migrations: readonly Migration[]): void => {
	if (isCurrent(database, migrations)) {
		return;
	}
	database.writing(() => {
		// Another process may have done it meanwhile.
		if (isCurrent(database, migrations)) {
			return;
		}
		const steps = Math.max(0, numberOf(database, 'user_version') - unreleasedLayouts);
		for (const migration of migrations.slice(steps)) {
			migration(database);
		}
		const version = unreleasedLayouts + migrations.length;
		database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`);
	});
};

/**
 * Whether a file has the layout of this program.
 * Throws a `StoreError` for a file that is not a store, or of a newer version; an `OldLayoutError` as `migrate` does.
 */
export const isCurrent = (database: Connection, migrations: readonly Migration[]): boolean => {
	const version = numberOf(database, 'user_version');
	const application = numberOf(database, 'application_id');
	const known = unreleasedLayouts + migrations.length;
	if (application === 0 && version === 0 && numberOf(database, 'schema_version') === 0) {
		return false;
	}
	if (application !== applicationId) {
		throw new StoreError(`${database.path} is a database of another program: move it away`);
	}
	if (version > known) {
		throw new StoreError(
			`${database.path} was written by a newer hitrate (version ${version} of its tables, this one knows ${known}): update hitrate, or delete the file`,
		);
	}
	if (version <= unreleasedLayouts) {
		throw new OldLayoutError(
			`${database.path} has a layout from before the first release: it is rebuilt when its logs are next read`,
		);
	}
	return version === known;
};

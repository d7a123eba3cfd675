import {StoreError} from '../../store.js';
import {applicationId} from '../tables/schema.js';
import type {Connection} from './connection.js';

/** Brings the tables from one version to the next. Runs inside of a transaction. */
export type Migration = (database: Connection) => void;

const numberOf = (database: Connection, pragma: string): number => database.row(`PRAGMA ${pragma}`)?.[0] as number;

/**
 * Brings a file to the version of this program, all steps or none.
 * Throws a `StoreError` for a file that is not a store, or of a newer version.
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
		for (const migration of migrations.slice(numberOf(database, 'user_version'))) {
			migration(database);
		}
		database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}`);
	});
};

const isCurrent = (database: Connection, migrations: readonly Migration[]): boolean => {
	const version = numberOf(database, 'user_version');
	const application = numberOf(database, 'application_id');
	const isNew = application === 0 && version === 0 && numberOf(database, 'schema_version') === 0;
	if (!isNew && application !== applicationId) {
		throw new StoreError(`${database.path} is a database, but no store of hitrate`);
	}
	if (version > migrations.length) {
		throw new StoreError(
			`${database.path} was written by a newer hitrate (version ${version} of its tables, this one knows ${migrations.length}): update hitrate, or delete the file`,
		);
	}
	return version === migrations.length;
};

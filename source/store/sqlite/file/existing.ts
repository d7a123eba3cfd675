import {existsSync} from 'node:fs';
import {StoreError} from '../../store.js';
import {migrations} from '../tables/schema.js';
import {type Tables, tablesOf} from '../tables/tables.js';
import {Connection} from './connection.js';
import {migrate} from './migrate.js';

/** Opens an existing store for one operation. Throws a `StoreError` if there is none. */
export const within = <Result>(path: string, work: (tables: Tables) => Result): Result => {
	if (!existsSync(path)) {
		throw new StoreError(`${path} is not there`);
	}
	const database = new Connection(path);
	try {
		migrate(database, migrations);
		const tables = tablesOf(database);
		tables.indices.complete();
		return work(tables);
	} finally {
		database.close();
	}
};

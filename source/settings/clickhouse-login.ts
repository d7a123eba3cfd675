import {caVariable, passwordVariable, userVariable} from '../fleet/table/address.js';
import type {Login} from '../fleet/table/clickhouse.js';
import type {Settings} from './schema.js';
import {type Environment, revealed} from './secret.js';

/**
 * Credentials for ClickHouse: from the environment, else from the config file.
 * @throws UsageError if the config file names a variable that is not set
 */
export const clickhouseLogin = ({clickhouse}: Settings, env: Environment): Login => {
	const value = (name: string) => env[name]?.trim() || undefined;
	const {user, password, ca} = clickhouse ?? {};
	return {
		user: value(userVariable) ?? user,
		password:
			value(passwordVariable) ?? (password === undefined ? undefined : revealed(password, 'clickhouse.password', env)),
		caFile: value(caVariable) ?? ca,
	};
};

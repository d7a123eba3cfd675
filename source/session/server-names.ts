import {isClickhouseAddress, parseClickhouseAddress} from '../fleet/table/address.js';
import {isAddress, parseAddress} from '../glitchtip/address.js';
import {isPostgresAddress, parsePostgresAddress} from '../sources/postgres/address.js';

/** A kind of server that requests are read from, by the address that names it on the command line. */
type ServerName = {
	/** Whether an argument is such an address rather than a file. */
	readonly isAddress: (text: string) => boolean;
	/** The address as it is shown and kept, without a secret. Throws a `UsageError` for one that is not valid. */
	readonly nameOf: (address: string) => string;
};

const kinds = {
	glitchtip: {isAddress, nameOf: address => parseAddress(address).name},
	clickhouse: {isAddress: isClickhouseAddress, nameOf: address => parseClickhouseAddress(address).name},
	postgres: {isAddress: isPostgresAddress, nameOf: address => parsePostgresAddress(address).name},
} as const satisfies Readonly<Record<string, ServerName>>;

/** The kinds of servers that an argument can name in place of a file. */
export type ServerKind = keyof typeof kinds;

/** Which kind of server an argument names. Nearly every argument is a path, and is told from an address without asking each kind. */
export const serverKind = (text: string): ServerKind | undefined =>
	/[+:]/.test(text) ? (Object.keys(kinds) as ServerKind[]).find(kind => kinds[kind].isAddress(text)) : undefined;

/** Whether an argument names a server rather than a file. */
export const isServer = (text: string): boolean => serverKind(text) !== undefined;

/** The name of the server that an argument names; any other argument as it is. */
export const serverName = (address: string): string => {
	const kind = serverKind(address);
	return kind === undefined ? address : kinds[kind].nameOf(address);
};

import {isClickhouseAddress, parseClickhouseAddress} from '../fleet/table/address.js';
import {isAddress, parseAddress} from '../glitchtip/address.js';
import {isPostgresAddress, parsePostgresAddress} from '../sources/postgres/address.js';

/** A kind of server, identified by its address on the command line. */
type ServerName = {
	/** True if an argument is such an address rather than a file. */
	readonly isAddress: (text: string) => boolean;
	/** The address for display and storage, without secrets. Throws a `UsageError` if it is not valid. */
	readonly nameOf: (address: string) => string;
};

const kinds = {
	glitchtip: {isAddress, nameOf: address => parseAddress(address).name},
	clickhouse: {isAddress: isClickhouseAddress, nameOf: address => parseClickhouseAddress(address).name},
	postgres: {isAddress: isPostgresAddress, nameOf: address => parsePostgresAddress(address).name},
} as const satisfies Readonly<Record<string, ServerName>>;

/** The kinds of servers that an argument can name. */
export type ServerKind = keyof typeof kinds;

/**
 * The kind of server that an argument names. Most arguments are paths, which are ruled out without checking each kind.
 */
export const serverKind = (text: string): ServerKind | undefined =>
	/[+:]/.test(text) ? (Object.keys(kinds) as ServerKind[]).find(kind => kinds[kind].isAddress(text)) : undefined;

/** True if an argument names a server rather than a file. */
export const isServer = (text: string): boolean => serverKind(text) !== undefined;

/** The displayed name of a server; other arguments are returned unchanged. */
export const serverName = (address: string): string => {
	const kind = serverKind(address);
	return kind === undefined ? address : kinds[kind].nameOf(address);
};

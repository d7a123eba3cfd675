import {isClickhouseAddress, parseClickhouseAddress} from '../fleet/table/address.js';
import {isAddress, parseAddress} from '../glitchtip/address.js';
import type {Log} from '../log.js';
import {isPostgresAddress, parsePostgresAddress} from '../sources/postgres/address.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {Source} from '../sources/source.js';

/** Where an earlier reading of a log ended. */
type Resume = (log: Log) => RemoteCursor | undefined;

/** A kind of server that requests are read from, by the address that names it on the command line. */
type ServerKind = {
	/** Whether an argument is such an address rather than a file. */
	readonly isAddress: (text: string) => boolean;
	/** The address as it is shown and kept, without a secret. Throws a `UsageError` for one that is not valid. */
	readonly nameOf: (address: string) => string;
	/** Loaded only where it is wanted; undefined for what is no source but is asked (`fleet-session.ts`). */
	readonly open?: (address: string, resume: Resume) => Promise<Source>;
};

const kinds: readonly ServerKind[] = [
	{
		isAddress,
		nameOf: address => parseAddress(address).name,
		open: async (address, resume) => (await import('../glitchtip/open.js')).glitchtipSource(address, {resume}),
	},
	{
		isAddress: isPostgresAddress,
		nameOf: address => parsePostgresAddress(address).name,
		open: async (text, resume) => {
			const {PostgresSource} = await import('../sources/postgres/postgres-source.js');
			const address = parsePostgresAddress(text);
			return new PostgresSource(address, {resume: resume({id: address.name, name: address.name})});
		},
	},
	{isAddress: isClickhouseAddress, nameOf: address => parseClickhouseAddress(address).name},
];

/** Nearly every argument is a path, and is told from an address without asking each kind. */
const kindOf = (text: string): ServerKind | undefined =>
	/[+:]/.test(text) ? kinds.find(kind => kind.isAddress(text)) : undefined;

/** Whether an argument names a server rather than a file. */
export const isServer = (text: string): boolean => kindOf(text) !== undefined;

/** The name of a server's source; the argument itself where it is no server's. */
export const serverName = (address: string): string => kindOf(address)?.nameOf(address) ?? address;

/** The sources of those arguments that name servers. */
export const openServers = async (addresses: readonly string[], resume: Resume): Promise<readonly Source[]> =>
	Promise.all(addresses.flatMap(address => kindOf(address)?.open?.(address, resume) ?? []));

import type {Log} from '../log.js';
import {parsePostgresAddress} from '../sources/postgres/address.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {Source} from '../sources/source.js';
import {type ServerKind, serverKind} from './server-names.js';

/** Returns the saved cursor of a log. */
type Resume = (log: Log) => RemoteCursor | undefined;

/**
 * Opens a server as a source; each kind is loaded on first use. A ClickHouse is not read but queried
 * (`fleet-session.ts`).
 */
const opening: Readonly<Partial<Record<ServerKind, (address: string, resume: Resume) => Promise<Source>>>> = {
	glitchtip: async (address, resume) => (await import('../glitchtip/resolve.js')).glitchtipSource(address, {resume}),
	postgres: async (text, resume) => {
		const {PostgresSource} = await import('../sources/postgres/postgres-source.js');
		const address = parsePostgresAddress(text);
		return new PostgresSource(address, {resume: resume({id: address.name, name: address.name})});
	},
};

/** The sources for arguments that name servers. */
export const openServers = async (addresses: readonly string[], resume: Resume): Promise<readonly Source[]> =>
	Promise.all(
		addresses.flatMap(address => {
			const kind = serverKind(address);
			return (kind && opening[kind]?.(address, resume)) ?? [];
		}),
	);

import type {Log} from '../log.js';
import {parsePostgresAddress} from '../sources/postgres/address.js';
import type {RemoteCursor} from '../sources/remote-cursor.js';
import type {Source} from '../sources/source.js';
import {type ServerKind, serverKind} from './server-names.js';

/** Where an earlier reading of a log ended. */
type Resume = (log: Log) => RemoteCursor | undefined;

/**
 * How to open each kind of server as a source, loaded only where it is named. A ClickHouse is none: it is queried
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

/** The sources of those arguments that name servers. */
export const openServers = async (addresses: readonly string[], resume: Resume): Promise<readonly Source[]> =>
	Promise.all(
		addresses.flatMap(address => {
			const kind = serverKind(address);
			return (kind && opening[kind]?.(address, resume)) ?? [];
		}),
	);

/** What a thread of the program is started for: `engine` reads for the screen, `shipper` sends to a ClickHouse. */
type ThreadRole = 'engine' | 'shipper';

/** What every thread is handed at its start. */
export type ThreadData = {readonly role: ThreadRole};

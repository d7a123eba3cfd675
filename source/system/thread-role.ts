/** The purpose of a worker thread: `engine` reads for the screen, `shipper` sends to a ClickHouse. */
type ThreadRole = 'engine' | 'shipper';

/** The data that every worker thread starts with. */
export type ThreadData = {readonly role: ThreadRole};

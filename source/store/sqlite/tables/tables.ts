import type {Connection} from '../file/connection.js';
import {FanOuts} from '../write/fan-outs.js';
import {RollupWriter} from '../write/rollup-writer.js';
import {CheckpointTable} from './checkpoint-table.js';
import {Indices} from './indices.js';
import {LaneTable} from './lane-table.js';
import {LogTable} from './log-table.js';
import {RequestTable} from './request-table.js';
import {ThreadTable} from './thread-table.js';

/** All tables of a file. */
export type Tables = {
	readonly database: Connection;
	readonly logs: LogTable;
	readonly lanes: LaneTable;
	readonly threads: ThreadTable;
	readonly requests: RequestTable;
	readonly indices: Indices;
	readonly checkpoints: CheckpointTable;
	readonly sums: RollupWriter;
	readonly fanOuts: FanOuts;
};

/** The tables of an open store, with their caches. */
export const tablesOf = (database: Connection): Tables => {
	const lanes = new LaneTable(database);
	const logs = new LogTable(database);
	const indices = new Indices(database);
	return {
		database,
		logs,
		lanes,
		threads: new ThreadTable(database),
		requests: new RequestTable(database, lanes, logs, indices),
		indices,
		checkpoints: new CheckpointTable(database),
		sums: new RollupWriter(database, indices),
		fanOuts: new FanOuts(database),
	};
};

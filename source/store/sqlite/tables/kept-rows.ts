import type {Counted} from '../../../metrics/breaks/facts.js';
import type {Request} from '../../../request.js';
import type {Row, Value} from '../file/value.js';
import {factColumns, factsFrom} from './facts-row.js';
import {textFrom} from './kept-text.js';
import type {LaneTable} from './lane-table.js';
import type {LogTable} from './log-table.js';
import {requestColumns, requestFrom} from './request-row.js';

/** A stored request and its references. Thread 0 means none. */
export type Kept = Counted & {
	readonly row: number;
	readonly thread: number;
	readonly lane: number;
	readonly log: number;
};

/** The columns with a request's references. */
export const places = ['row', 'time', 'thread', 'lane', 'log'] as const;

/** Index of the first of the other columns. */
const nameAt = places.length;
const requestAt = nameAt + 1;
const factsAt = requestAt + requestColumns.length;

const ownColumns = [...requestColumns, ...factColumns].map(column => `request.${column}`);

/** SELECT for `KeptRows`, without conditions. */
export const select = `SELECT ${[...places, 'thread.name', ...ownColumns].join(', ')}
	FROM request LEFT JOIN thread ON thread.id = thread`;

/** Maximum number of cached thread names. */
const mostNames = 1000;

/** The id in a row. */
export const idIn = (row: Row): string => textFrom(row[requestAt] as string);

/** Reads rows of requests, and the names that they refer to. */
export class KeptRows {
	readonly #lanes: LaneTable;
	readonly #logs: LogTable;
	/** Names of threads by their stored text; requests of a thread are stored near each other. */
	readonly #names = new Map<string, string>();

	constructor(lanes: LaneTable, logs: LogTable) {
		this.#lanes = lanes;
		this.#logs = logs;
	}

	/** @param values a row of `select` */
	kept(values: Row): Kept {
		const lane = values[3] as number;
		const log = values[4] as number;
		const {project, host, model, agent, provider} = this.#lanes.lane(lane);
		const request = requestFrom(values, requestAt, {
			time: values[1] as number,
			thread: this.#threadName(values[nameAt]),
			project,
			source: this.#logs.name(log),
			host,
			model,
			agent,
			provider,
		});
		return {
			request,
			facts: factsFrom(values, factsAt, request),
			row: values[0] as number,
			thread: values[2] as number,
			lane,
			log,
		};
	}

	#threadName(text: Value | undefined): Request['thread'] {
		if (typeof text !== 'string') {
			return undefined;
		}
		let name = this.#names.get(text);
		if (name === undefined) {
			if (this.#names.size >= mostNames) {
				this.#names.clear();
			}
			name = JSON.parse(text) as string;
			this.#names.set(text, name);
		}
		return name;
	}
}

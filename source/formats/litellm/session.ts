import type {Request} from '../../request.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {settle} from '../usage-lines/counts.js';
import {Identities} from '../usage-lines/identities.js';
import {type Around, JsonLines} from '../usage-lines/json-lines.js';
import {type Row, readRow} from './row.js';

/** Words of which every payload and row holds one. */
export const needles: readonly string[] = ['custom_llm_provider', 'call_type', 'model_group'];

/** Reads one log of a LiteLLM proxy. */
export class LiteLlmSession implements FormatSession {
	readonly tally: Tally = emptyTally();
	readonly #context: FormatContext;
	readonly #identities = new Identities();
	readonly #reader: JsonLines;
	#time: number;

	constructor(context: FormatContext) {
		this.#context = context;
		this.#time = context.fallbackTime;
		this.#reader = new JsonLines(needles, context.localTime, this.tally, (value, around) => {
			const row = readRow(value, context.localTime);
			if (row) {
				this.#row(row, around);
			}
			return row !== undefined;
		});
	}

	lines(bytes: Buffer): void {
		this.#reader.lines(bytes);
	}

	provisional(): readonly Request[] {
		return [];
	}

	#row(row: Row, around: Around): void {
		switch (row.kind) {
			case 'answered-by-proxy':
				// The usage of the call that filled the proxy's cache, told again.
				this.tally.repeats++;
				break;
			case 'failed':
				this.tally.calls++;
				break;
			case 'without-prompt':
				this.tally.lookAlikes++;
				break;
			case 'request':
				this.#request(row, row.time ?? around.time);
				break;
		}
	}

	#request(row: Extract<Row, {kind: 'request'}>, time: number | undefined): void {
		if (time === undefined) {
			this.tally.untimed++;
		} else {
			this.#time = time;
		}
		const id = `litellm:${row.id}`;
		if (this.#identities.isRepeated(id)) {
			this.tally.repeats++;
		} else {
			this.tally.outcomes++;
		}
		this.#context.onRequest({
			id,
			time: this.#time,
			thread: row.thread,
			project: row.project,
			source: this.#context.source,
			host: undefined,
			model: row.model,
			plan: undefined,
			usage: settle(row.counts, {
				model: row.model,
				time: this.#time,
				promptTokens: this.#context.promptTokens,
			}),
			missReason: undefined,
			rebuilt: false,
		});
	}
}

import type {Request} from '../../request.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {Identities} from '../usage-lines/identities.js';
import {type Around, JsonLines} from '../usage-lines/json-lines.js';
import {ToldCalls} from '../usage-lines/told-calls.js';
import {type Row, readRow} from './row.js';

/** Words of which every payload and row holds one. */
export const needles: readonly string[] = ['custom_llm_provider', 'call_type', 'model_group'];

/** Reads one log of a LiteLLM proxy. */
export class LiteLlmSession implements FormatSession {
	readonly tally: Tally = emptyTally();
	readonly #identities = new Identities();
	readonly #reader: JsonLines;
	readonly #calls: ToldCalls;

	constructor(context: FormatContext) {
		this.#calls = new ToldCalls(context, this.tally, this.#identities);
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
				this.#calls.tell(row, `litellm:${row.id}`, row.time ?? around.time);
				break;
		}
	}
}

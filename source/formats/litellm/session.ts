import type {Request} from '../../request.js';
import {boundName} from '../../text/names.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {isLike} from '../saved-state.js';
import {type Around, emptyJsonLinesState, JsonLines, type OnObject} from '../usage-lines/json-lines.js';
import {emptyToldCallsState, ToldCalls} from '../usage-lines/told-calls.js';
import {type Row, readRow} from './row.js';

/** Words of which every payload and row holds one. */
export const needles: readonly string[] = ['custom_llm_provider', 'call_type', 'model_group'];

const emptyState = () => ({
	version: 1,
	tally: emptyTally(),
	lines: emptyJsonLinesState,
	calls: emptyToldCallsState,
});

/** Reads one log of a LiteLLM proxy. */
export class LiteLlmSession implements FormatSession {
	readonly tally: Tally;
	readonly #reader: JsonLines;
	readonly #calls: ToldCalls;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 1 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#calls = new ToldCalls(context, this.tally, state?.calls);
		const onObject: OnObject = (value, around) => {
			const row = readRow(value, context.localTime);
			if (row) {
				this.#row(row, around);
			}
			return row !== undefined;
		};
		this.#reader = new JsonLines(needles, context.localTime, this.tally, onObject, state?.lines);
	}

	lines(bytes: Buffer): void {
		this.#reader.lines(bytes);
	}

	provisional(): readonly Request[] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {version: 1, tally: {...this.tally}, lines: this.#reader.state, calls: this.#calls.state};
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
				this.#calls.tell(row, `litellm:${boundName(row.id)}`, row.time ?? around.time);
				break;
		}
	}
}

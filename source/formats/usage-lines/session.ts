import type {Request} from '../../request.js';
import type {LocalTime} from '../../time/stamp.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import type {JsonObject} from '../json/json-values.js';
import {isLike} from '../saved-state.js';
import {type Call, callOf} from './call.js';
import {findUsage, isToldElsewhere} from './find-usage.js';
import {emptyIdentitiesState, Identities} from './identities.js';
import {type Around, emptyJsonLinesState, JsonLines, type OnObject} from './json-lines.js';
import {telemetryCalls} from './telemetry.js';
import {emptyToldCallsState, ToldCalls} from './told-calls.js';

/** Words of which every line that tells a usage holds one. Without quotes: inside a wrapper these are escaped. */
export const needles: readonly string[] = [
	'input_tokens',
	'prompt_tokens',
	'inputTokens',
	'romptTokenCount',
	'prompt_token_count',
	'prompt_cache_hit_tokens',
];

/** The calls that one object tells; none where it is something else. */
export const callsIn = (line: JsonObject, localTime: LocalTime): readonly Call[] => {
	if (isToldElsewhere(line)) {
		return [];
	}
	const calls = telemetryCalls(line, localTime);
	if (calls.length > 0) {
		return calls;
	}
	const found = findUsage(line);
	return found ? [callOf(found, localTime)] : [];
};

const emptyState = () => ({
	version: 1,
	tally: emptyTally(),
	identities: emptyIdentitiesState,
	lines: emptyJsonLinesState,
	calls: emptyToldCallsState,
});

/** Reads one log of lines that hold usage objects. Every line is whole in itself, so nothing is provisional. */
export class UsageLinesSession implements FormatSession {
	readonly tally: Tally;
	readonly #identities: Identities;
	readonly #reader: JsonLines;
	readonly #calls: ToldCalls;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 1 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#identities = new Identities(state?.identities);
		this.#calls = new ToldCalls(context, this.tally, state?.calls);
		const onObject: OnObject = (value, around) => {
			const calls = callsIn(value, context.localTime);
			for (const call of calls) {
				this.#call(call, around);
			}
			return calls.length > 0;
		};
		this.#reader = new JsonLines(needles, context.localTime, this.tally, onObject, state?.lines);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#identities.restart();
		}
		this.#reader.lines(bytes);
	}

	provisional(): readonly Request[] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 1,
			tally: {...this.tally},
			identities: this.#identities.state,
			lines: this.#reader.state,
			calls: this.#calls.state,
		};
	}

	#call(call: Call, around: Around): void {
		const id = this.#identities.identify(call, call.stamp || around.stamp);
		this.#calls.tell(call, id, call.time ?? around.time);
	}
}

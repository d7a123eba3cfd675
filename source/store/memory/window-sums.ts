import type {Facts} from '../../metrics/breaks/facts.js';
import type {Question} from '../../metrics/ledger.js';
import {addRequest} from '../../metrics/sums/add-request.js';
import {addSums, noSums, noThreadSums} from '../../metrics/sums/measure-sums.js';
import type {Lane} from '../../metrics/sums/parts.js';
import {SumsBy} from '../../metrics/sums/sums-by.js';
import type {Request} from '../../request.js';

/** Questions that are answered by summing the requests of a window. */
export type SumQuestion = Extract<Question, {kind: 'parts' | 'slices' | 'threads' | 'sources'}>;

/** True if a question is answered by summing. */
export const asksForSums = (question: Question): question is SumQuestion =>
	question.kind === 'parts' || question.kind === 'slices' || question.kind === 'threads' || question.kind === 'sources';

/** The key of sums: nothing, the start of a slice, or the name of a thread or log. */
type SumKey = string | number | undefined;

type Keyed = {readonly keyOf: (request: Summed) => SumKey; readonly sums: SumsBy<SumKey>};

const keyed = (question: SumQuestion): Keyed => {
	switch (question.kind) {
		case 'parts':
			return {keyOf: () => undefined, sums: new SumsBy(noSums)};
		case 'slices': {
			const {width} = question;
			return {keyOf: ({time}) => Math.floor(time / width) * width, sums: new SumsBy(noSums)};
		}
		case 'threads':
			return {keyOf: ({thread}) => thread, sums: new SumsBy(noThreadSums)};
		case 'sources':
			return {keyOf: ({source}) => source, sums: new SumsBy(noThreadSums)};
	}
};

/** Identifies the sums of a question about the window. */
const nameOf = (question: SumQuestion): string =>
	question.kind === 'slices' ? `slices ${question.width}` : question.kind;

/** The summed properties of a request, and those that sums are keyed by. */
export type Summed = Pick<Request, 'time' | 'thread' | 'source' | 'model' | 'usage' | 'plan'>;

/** A request of a window. */
type Added = {readonly request: Summed; readonly facts: Facts; readonly lane: Lane};

/** The sums of a window for several questions, computed in one pass over its requests. */
export class WindowSums {
	readonly #all: ReadonlyMap<string, Keyed>;

	/** @param at returns the request of a row */
	constructor(questions: readonly SumQuestion[], rows: Int32Array, at: (row: number) => Added) {
		this.#all = new Map(questions.map(question => [nameOf(question), keyed(question)]));
		const parts = this.#all.get('parts')?.sums;
		const slices = questions.find(({kind}) => kind === 'slices');
		// Slices add up to the window, and there are far fewer of them than of requests.
		const added = [...this.#all.values()].filter(({sums}) => sums !== parts || !slices);
		for (const row of rows) {
			const {request, facts, lane} = at(row);
			for (const {keyOf, sums} of added) {
				addRequest(sums.of(keyOf(request), lane, request.time, request.time), request, facts);
			}
		}
		if (parts && slices) {
			addUp(parts, this.of(slices)?.byKey ?? new Map());
		}
	}

	/** Undefined if the question was not among them. */
	of(question: SumQuestion): SumsBy<SumKey> | undefined {
		return this.#all.get(nameOf(question))?.sums;
	}
}

/** Adds the sums of slices to those of their window. */
const addUp = (parts: SumsBy<SumKey>, slices: SumsBy<SumKey>['byKey']): void => {
	for (const lanes of slices.values()) {
		for (const [lane, {sums, firstTime, lastTime}] of lanes) {
			addSums(parts.of(undefined, lane, firstTime, lastTime), sums);
		}
	}
};

import type {Facts} from '../../metrics/breaks/facts.js';
import type {Question} from '../../metrics/ledger.js';
import {addRequest} from '../../metrics/sums/add-request.js';
import {type MeasureSums, noSums, noThreadSums} from '../../metrics/sums/measure-sums.js';
import type {Lane} from '../../metrics/sums/parts.js';
import {SumsBy} from '../../metrics/sums/sums-by.js';
import type {Request} from '../../request.js';

/** Questions that are answered by adding up all requests of a window. */
export type SumQuestion = Extract<Question, {kind: 'parts' | 'slices' | 'threads' | 'sources'}>;

/** Whether a question is answered by adding up. */
export const asksForSums = (question: Question): question is SumQuestion =>
	question.kind === 'parts' || question.kind === 'slices' || question.kind === 'threads' || question.kind === 'sources';

/** The key by which requests are added up: nothing, the beginning of a slice, the name of a thread or a log. */
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

/** What tells sums apart that are asked for of one window. */
const nameOf = (question: SumQuestion): string =>
	question.kind === 'slices' ? `slices ${question.width}` : question.kind;

/** What is added up of a request, and by what. */
export type Summed = Pick<Request, 'time' | 'thread' | 'source' | 'model' | 'usage' | 'plan'>;

/** One request of a window. */
type Added = {readonly request: Summed; readonly facts: Facts; readonly lane: Lane};

/** The sums of one window that several questions ask for, added up in one pass over its requests. */
export class WindowSums {
	readonly #all: ReadonlyMap<string, Keyed>;

	/** @param at the request of a row */
	constructor(questions: readonly SumQuestion[], rows: Int32Array, at: (row: number) => Added) {
		this.#all = new Map(questions.map(question => [nameOf(question), keyed(question)]));
		const wanted = [...this.#all.values()];
		/** What one request adds to each sum, and where: most measures are 0. */
		const one = noSums();
		const places = new Int32Array(one.length);
		for (const row of rows) {
			const {request, facts, lane} = at(row);
			addRequest(one, request, facts);
			let count = 0;
			for (let place = 0; place < one.length; place++) {
				if (one[place] !== 0) {
					places[count++] = place;
				}
			}
			for (const {keyOf, sums} of wanted) {
				addSome(sums.of(keyOf(request), lane, request.time, request.time), one, places, count);
			}
			one.fill(0);
		}
	}

	/** Undefined where these were not among the questions. */
	of(question: SumQuestion): SumsBy<SumKey> | undefined {
		return this.#all.get(nameOf(question))?.sums;
	}
}

/** Adds what stands at some places, ascending; sums of threads and logs hold the first measures only. */
const addSome = (to: MeasureSums, from: MeasureSums, places: Int32Array, count: number): void => {
	for (let at = 0; at < count; at++) {
		const place = places[at] as number;
		if (place >= to.length) {
			return;
		}
		to[place] = (to[place] as number) + (from[place] as number);
	}
};

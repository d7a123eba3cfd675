import {findUsage, longestUsage, mostDigits, toNumbers, type UsageName, type UsageNumbers} from '../usage-text.js';
import {Literal} from './literal.js';

/** Numbers that stand alone: the digits inside a name belong to the name. */
const numberRuns = /(?<![\w])\d+(?![\w])/g;
/** Stands for itself in every rendering. */
const plain = /^[ !#-[\]-~]*$/;
const mostShapes = 16;

/** How a usage object looked apart from its numbers: objects of one library are alike in all else. */
type Shape = {
	/** What stands before each number, and behind the last. */
	readonly texts: readonly Literal[];
	/** Which of the numbers a name gives. */
	readonly index: {readonly [Key in UsageName]?: number};
};

/** Reads usage objects printed by Python from the bytes of a line: what `parseUsageText` finds in its text. */
export class UsageBytes {
	/** Behind the object read last. */
	end = 0;
	readonly #shapes: Shape[] = [];
	readonly #numbers: number[] = [];

	/** Undefined where there is no object, or one that the bytes alone do not tell. */
	read(bytes: Buffer, view: DataView, start: number): UsageNumbers | undefined {
		for (const shape of this.#shapes) {
			if (this.#fits(shape, bytes, view, start)) {
				return this.#told(shape);
			}
		}
		const shape = learn(bytes, start);
		if (!shape || !this.#fits(shape, bytes, view, start)) {
			return undefined;
		}
		if (this.#shapes.length === mostShapes) {
			this.#shapes.shift();
		}
		this.#shapes.push(shape);
		return this.#told(shape);
	}

	#told(shape: Shape): UsageNumbers {
		return toNumbers(name => {
			const index = shape.index[name];
			return index === undefined ? undefined : this.#numbers[index];
		});
	}

	#fits({texts}: Shape, bytes: Buffer, view: DataView, start: number): boolean {
		const numbers = this.#numbers;
		const last = texts.length - 1;
		let at = start;
		for (let index = 0; index <= last; index++) {
			const text = texts[index] as Literal;
			if (!text.standsAt(view, at)) {
				return false;
			}
			at += text.length;
			if (index < last) {
				const first = at;
				let number = 0;
				let digit = (bytes[at] as number) - digit0;
				while (digit >= 0 && digit <= 9 && at - first <= mostDigits) {
					number = number * 10 + digit;
					digit = (bytes[++at] as number) - digit0;
				}
				if (at === first || at - first > mostDigits) {
					return false;
				}
				numbers[index] = number;
			}
		}
		this.end = at;
		return at - start <= longestUsage;
	}
}

const digit0 = 48;
const newline = 10;

const learn = (bytes: Buffer, start: number): Shape | undefined => {
	const lineEnd = bytes.indexOf(newline, start);
	const end = Math.min(start + longestUsage, lineEnd < 0 ? bytes.length : lineEnd);
	const found = findUsage(bytes.toString('latin1', start, end));
	if (!found || !plain.test(found.object)) {
		return undefined;
	}
	const {object, places} = found;
	const runs = [...object.matchAll(numberRuns)];
	const starts = runs.map(run => run.index);
	const index: Partial<Record<UsageName, number>> = {};
	for (const name of Object.keys(places) as UsageName[]) {
		index[name] = starts.indexOf(places[name] as number);
		if (index[name] === -1) {
			return undefined;
		}
	}
	const texts: Literal[] = [];
	let at = start;
	for (const run of runs) {
		texts.push(new Literal(bytes.subarray(at, start + run.index)));
		at = start + run.index + run[0].length;
	}
	return {texts: [...texts, new Literal(bytes.subarray(at, start + object.length))], index};
};

import {parseObject} from './json-line.js';
import {invalid, skipPlain, skipSpace, skipValue} from './json-skip.js';
import {type JsonObject, objectOf} from './json-values.js';
import {byLength, isAt, type Member} from './member.js';

/**
 * What bytes turned out to be: an object, whose members can be asked now; something else, or an object of no interest;
 * or something that looks like an object of interest and is broken.
 */
type Skimmed = 'object' | 'other' | 'broken';

const brace = 0x7b;
const closingBrace = 0x7d;
const comma = 0x2c;
const quote = 0x22;
const colon = 0x3a;

/** Nothing is wrong, and nothing more need be known. */
const enough = -2;

/**
 * Reads the wanted members of JSON objects as `JSON.parse` would, without decoding the rest: the lines of a transcript
 * are mostly text, up to megabytes of it. An object that is out of the ordinary is parsed whole.
 */
export class ObjectSkimmer {
	readonly #members: readonly Member[];
	readonly #byLength: readonly (readonly Member[] | undefined)[];
	readonly #all: readonly Member[];
	readonly #words: readonly Buffer[];

	/** @param words what is out of the ordinary is of interest only if it holds one of these */
	constructor(members: readonly Member[], words: readonly string[]) {
		this.#members = members;
		this.#byLength = byLength(members);
		this.#all = withInner(members);
		this.#words = words.map(word => Buffer.from(word));
	}

	/** The members keep to these bytes until the next call. */
	read(bytes: Buffer, start: number, end: number): Skimmed {
		const skimmed = this.#skim(bytes, start, end);
		if (skimmed !== undefined) {
			return skimmed;
		}
		const range = bytes.subarray(start, end);
		if (!this.#words.some(word => range.includes(word))) {
			return 'other';
		}
		const object = parseObject(range.toString('utf8'));
		if (!object) {
			return 'broken';
		}
		const ordinary = Buffer.from(JSON.stringify(pick(object, this.#members)));
		return this.#skim(ordinary, 0, ordinary.length) ?? 'broken';
	}

	/** Undefined where a full parse must decide. */
	#skim(bytes: Buffer, start: number, end: number): Skimmed | undefined {
		for (const member of this.#all) {
			member.clear();
		}
		const from = skipSpace(bytes, start);
		if (bytes[from] !== brace) {
			return undefined;
		}
		const behind = skimObject(bytes, from, this.#byLength, 0);
		if (behind === enough) {
			return 'other';
		}
		return behind !== invalid && behind <= end && skipSpace(bytes, behind) >= end ? 'object' : undefined;
	}
}

/** @returns the place behind it, `enough`, or `invalid` where a full parse must decide */
const skimObject = (
	bytes: Buffer,
	from: number,
	members: readonly (readonly Member[] | undefined)[],
	depth: number,
): number => {
	let at = skipSpace(bytes, from + 1);
	if (bytes[at] === closingBrace) {
		return at + 1;
	}
	for (;;) {
		const key = at + 1;
		const behindKey = bytes[at] === quote ? skipPlain(bytes, key) : at;
		// A key that is spelled with escapes may be that of any member.
		if (bytes[behindKey] !== quote || behindKey === at) {
			return invalid;
		}
		const member = memberAt(bytes, key, members[behindKey - key]);
		// Of members that are told twice the later one counts.
		if (member?.exists) {
			return invalid;
		}
		const colonAt = skipSpace(bytes, behindKey + 1);
		if (bytes[colonAt] !== colon) {
			return invalid;
		}
		const value = skipSpace(bytes, colonAt + 1);
		at =
			member && member.inside.length > 0 && bytes[value] === brace
				? skimObject(bytes, value, member.insideByLength, depth + 1)
				: skipValue(bytes, value, depth + 1);
		if (at < 0) {
			return at;
		}
		if (member) {
			member.set(bytes, value, at);
			if (member.among && !member.among.includes(member.text ?? '')) {
				return enough;
			}
		}
		at = skipSpace(bytes, at);
		if (bytes[at] === closingBrace) {
			return at + 1;
		}
		if (bytes[at] !== comma) {
			return invalid;
		}
		at = skipSpace(bytes, at + 1);
	}
};

/** @param candidates whose names have the length of the key that begins here */
const memberAt = (bytes: Uint8Array, key: number, candidates: readonly Member[] | undefined): Member | undefined => {
	if (candidates) {
		for (const member of candidates) {
			if (isAt(bytes, key, member.key)) {
				return member;
			}
		}
	}
	return undefined;
};

const withInner = (members: readonly Member[]): readonly Member[] =>
	members.flatMap(member => [member, ...withInner(member.inside)]);

/** The wanted members of an object, as they can be written: of lists and other objects only that they are some. */
const pick = (object: JsonObject, members: readonly Member[]): JsonObject =>
	Object.fromEntries(
		members.map(({name, inside}) => {
			const value = Object.hasOwn(object, name) ? object[name] : undefined;
			const inner = objectOf(value);
			const isEndless = value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
			return [name, inner ? pick(inner, inside) : Array.isArray(value) ? [] : isEndless ? 0 : value];
		}),
	);

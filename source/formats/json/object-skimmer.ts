import {type MemberScanner, memberScanner, type ObjectBytes} from '../../scanner/member-scanner.js';
import {withInner} from '../../scanner/member-table.js';
import {longestLine, parseObject} from './json-line.js';
import {type JsonObject, objectOf} from './json-values.js';
import {type Member, Places} from './member.js';
import {skimObject} from './skim-object.js';

/**
 * The kind of the bytes: a relevant object, whose members can be read now; something else; or a damaged object that
 * looks relevant.
 */
type Skimmed = 'object' | 'other' | 'broken';

type Tools = {
	/** Null if it is disabled or unavailable. */
	readonly scanner: MemberScanner | null;
	readonly places: Places;
};

const newline = 0x0a;

/**
 * Reads the wanted members of JSON objects with the results of `JSON.parse`, but without decoding the rest: lines of
 * transcripts are mostly text, up to megabytes. The scanner finds them, or `skimObject` if there is none; unusual
 * objects are parsed completely.
 */
export class ObjectSkimmer {
	readonly #members: readonly Member[];
	readonly #words: readonly Buffer[];
	readonly #scannerOf: () => MemberScanner | null;
	/** What it works with; most runs read no transcript and need none. */
	#tools: Tools | undefined;

	/**
	 * @param words unusual objects are relevant only if they contain one of these
	 * @param scanner null disables it
	 */
	constructor(members: readonly Member[], words: readonly string[], scanner?: MemberScanner | null) {
		this.#members = members;
		this.#words = words.map(word => Buffer.from(word));
		this.#scannerOf = () => (scanner === undefined ? (memberScanner() ?? null) : scanner);
	}

	#prepared(): Tools {
		if (!this.#tools) {
			const all = withInner(this.#members);
			const scanner = this.#scannerOf();
			const places = new Places(scanner?.spans ?? new Int32Array(2 * all.length));
			let bit = 0;
			for (const [number, member] of all.entries()) {
				member.standAt(places, number, bit);
				bit += member.telling.length;
			}
			this.#tools = {scanner, places};
		}
		return this.#tools;
	}

	/**
	 * Skims each of some whole lines.
	 * @param onLine receives the bounds of the line; the members are valid until the next line
	 */
	lines(bytes: Buffer, onLine: (skimmed: Skimmed, start: number, end: number) => void): void {
		const take = (found: ObjectBytes, start: number, end: number) => {
			onLine(end - start <= longestLine ? this.#skimmed(found, bytes, start, end) : 'other', start, end);
		};
		const {scanner} = this.#prepared();
		if (scanner) {
			scanner.lines(bytes, this.#members, take);
			return;
		}
		for (let start = 0; start < bytes.length; ) {
			const found = bytes.indexOf(newline, start);
			const end = found < 0 ? bytes.length : found;
			take('beyond', start, end);
			start = end + 1;
		}
	}

	/**
	 * Skims an object. The members are valid until the next object, even of another skimmer, because skimmers share a
	 * memory.
	 */
	read(bytes: Buffer, start: number, end: number): Skimmed {
		const found = this.#prepared().scanner?.object(bytes, start, end, this.#members) ?? 'beyond';
		return this.#skimmed(found, bytes, start, end);
	}

	/**
	 * True if all members of a group are written as in the object before among the same bytes; false if that is not known.
	 */
	isAsBefore(group: number): boolean {
		return (this.#prepared().places.changed & group) === 0;
	}

	#skimmed(found: ObjectBytes, bytes: Buffer, start: number, end: number): Skimmed {
		const {scanner, places} = this.#prepared();
		if (found === 'object' && scanner) {
			places.bytes = scanner.bytes;
			places.changed = scanner.changed;
			places.told = scanner.told;
			return found;
		}
		if (found === 'other') {
			return found;
		}
		const range = bytes.subarray(start, end);
		const known = found === 'beyond' ? skimObject(range, this.#members, places) : found;
		return known === 'decode' ? this.#decode(range, places) : known;
	}

	/** Rewrites the object in ordinary form. */
	#decode(range: Buffer, places: Places): Skimmed {
		if (!this.#words.some(word => range.includes(word))) {
			return 'other';
		}
		const object = parseObject(range.toString('utf8'));
		if (!object) {
			return 'broken';
		}
		const ordinary = Buffer.from(JSON.stringify(pick(object, this.#members)));
		// A text that needs escapes is none of those in relevant objects.
		return skimObject(ordinary, this.#members, places) === 'object' ? 'object' : 'other';
	}
}

/** The wanted members of an object, in ordinary form; of lists and other objects only their kind. */
const pick = (object: JsonObject, members: readonly Member[]): JsonObject =>
	Object.fromEntries(
		members.map(({name, inside}) => {
			const value = Object.hasOwn(object, name) ? object[name] : undefined;
			const inner = objectOf(value);
			const isEndless = value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;
			return [name, inner ? pick(inner, inside) : Array.isArray(value) ? [] : isEndless ? 0 : value];
		}),
	);

import {tablePlaces} from './memory-places.js';

/** Part of a wording: a text, or what may occur between texts. */
export type WordingPart = string | Capture;

/**
 * The kind of a capture. `number` and `block` (two digits) become numbers; `word`, `listed` (up to a comma) and
 * `quoted` the line's word; `id` its span; `more` its flag; of `object` and `dict`, the numbers of some names are read.
 */
export type Capture = {readonly capture: keyof typeof captureCodes};

const captureCodes = {
	number: 2,
	block: 3,
	word: 4,
	id: 5,
	listed: 6,
	quoted: 7,
	decimal: 8,
	kind: 9,
	more: 10,
	roles: 11,
	object: 12,
	dict: 13,
	arrow: 14,
} as const;

/** Added to the length of the beginning of a repeat. */
const repeatBit = 0x80;

/** The names of all captures. */
export const captures: ReadonlySet<string> = new Set(Object.keys(captureCodes));

/** What a format looks for. */
export type ScanTable = {
	/** How the texts of its events begin: lines without one are skipped. Of four ASCII characters or more, as all below. */
	readonly beginnings: readonly string[];
	/** How the texts of other events begin that have the needle without adding anything. */
	readonly repeats: readonly string[];
	/** The wordings to read, identified by their index: each begins with a text. */
	readonly wordings: readonly (readonly WordingPart[])[];
	/** Three ASCII characters: lines that contain them are passed on as well. */
	readonly needle: string;
	/** For an object printed by Python, the names whose numbers are read: at most eight. */
	readonly objectNames: readonly string[];
};

/**
 * Writes a table into the module's memory.
 * @param memory of the module
 * @param texts start of its room for texts
 */
export const writeTable = (memory: Buffer, texts: number, table: ScanTable): void => {
	let at: number = tablePlaces.objectNames;
	const write = (...bytes: (number | string)[]): void => {
		for (const byte of bytes) {
			if (typeof byte === 'number') {
				memory[at++] = byte;
			} else {
				at += memory.write(byte, at, 'latin1');
			}
		}
	};
	for (const [index, name] of table.objectNames.entries()) {
		memory.write(name.slice(0, 4), tablePlaces.objectStarts + 4 * index, 'latin1');
		write(name.length, name);
	}
	at = texts;
	const wordings = table.wordings.map((parts, number) => {
		const place = at;
		write(number);
		for (const part of parts) {
			if (typeof part === 'string') {
				write(1, part.length, part);
			} else {
				write(captureCodes[part.capture]);
			}
		}
		write(0);
		return {place, first: String(parts[0]).charCodeAt(0)};
	});
	for (let first = 0; first < 128; first++) {
		const beginnings = [
			...table.beginnings.map(text => ({text, bit: 0})),
			...table.repeats.map(text => ({text, bit: repeatBit})),
		].filter(({text}) => text.charCodeAt(0) === first);
		memory.writeInt32LE(beginnings.length === 0 ? 0 : at, tablePlaces.beginnings + first * 4);
		if (beginnings.length > 0) {
			for (const {text, bit} of beginnings) {
				write(text.length | bit, text);
			}
			write(0);
		}
		const places = wordings.filter(wording => wording.first === first).map(({place}) => place);
		memory.writeInt32LE(places.length === 0 ? 0 : at, tablePlaces.wordings + first * 4);
		for (const place of places.length === 0 ? [] : [...places, 0]) {
			at = memory.writeInt32LE(place, at);
		}
	}
};

import {memberLimits, memberPlaces} from './member-places.js';
import {memberTable, type WantedMember} from './member-table.js';
import {ScannerMemory} from './scanner-memory.js';
import {type ScannerModule, scannerModule} from './scanner-module.js';

/**
 * What bytes turned out to be: an object, whose members can be asked now; an object of no interest; something out of the
 * ordinary, which has to be decoded; or bytes that are not in the module's memory, where a line may be too long for it.
 */
export type ObjectBytes = 'object' | 'other' | 'decode' | 'beyond';

const kinds: readonly ObjectBytes[] = ['object', 'other', 'decode'];

const newline = 10;

/**
 * Finds members of JSON objects, one a line, several times faster than JavaScript could: by the same module as `Scanner`.
 * Nothing is decoded, and nothing is guessed: what is found is what `JSON.parse` would find.
 */
export class MemberScanner {
	/** What `spans` are places in. */
	readonly bytes: Buffer;
	/** For each wanted member, by its number, where its value begins and what is behind it: 0 where there is none. */
	readonly spans: Int32Array;
	readonly #module: ScannerModule;
	readonly #memory: ScannerMemory;
	readonly #lineEnd: Int32Array;
	/** Where the table of what is wanted is, of all that was. */
	readonly #tables = new Map<readonly WantedMember[], number>();
	#tablesEnd: number = memberPlaces.memberTables;

	constructor(module: ScannerModule) {
		this.#module = module;
		this.#memory = new ScannerMemory(module);
		this.bytes = this.#memory.bytes;
		this.spans = new Int32Array(module.memory.buffer, memberPlaces.members, 2 * memberLimits.mostMembers);
		this.#lineEnd = new Int32Array(module.memory.buffer, memberPlaces.lineEnd, 1);
	}

	/**
	 * Reads line by line.
	 * @param bytes whole lines
	 * @param onLine called for each while the spans tell of it
	 */
	lines(
		bytes: Buffer,
		wanted: readonly WantedMember[],
		onLine: (kind: ObjectBytes, start: number, end: number) => void,
	): void {
		const node = this.#tableOf(wanted);
		for (let from = 0; from < bytes.length; ) {
			const length = this.#memory.hold(bytes, from);
			if (length === 0) {
				const found = bytes.indexOf(newline, from);
				const end = found < 0 ? bytes.length : found;
				onLine('beyond', from, end);
				from = end + 1;
				continue;
			}
			const shift = this.#memory.shift(bytes, from);
			const heldEnd = shift + from + length;
			for (let start = from; shift + start < heldEnd; ) {
				const kind = kinds[this.#module.readObject(shift + start, heldEnd, node)] as ObjectBytes;
				const end = (this.#lineEnd[0] as number) - shift;
				onLine(kind, start, end);
				start = end + 1;
			}
			from += length;
		}
	}

	/** Reads the object that goes from here to there, if the bytes lie in the module's memory. */
	object(bytes: Buffer, start: number, end: number, wanted: readonly WantedMember[]): ObjectBytes {
		if (!this.#memory.holds(bytes)) {
			return 'beyond';
		}
		const shift = this.#memory.shift(bytes, 0);
		const kind = kinds[this.#module.readObject(shift + start, shift + end, this.#tableOf(wanted))] as ObjectBytes;
		return this.#lineEnd[0] === shift + end ? kind : 'decode';
	}

	#tableOf(wanted: readonly WantedMember[]): number {
		const known = this.#tables.get(wanted);
		if (known !== undefined) {
			return known;
		}
		const {length} = memberTable(wanted, 0);
		if (this.#tablesEnd + length > memberPlaces.memberTablesEnd) {
			this.#tables.clear();
			this.#tablesEnd = memberPlaces.memberTables;
		}
		const place = this.#tablesEnd;
		this.#tables.set(wanted, place);
		this.#tablesEnd += memberTable(wanted, place).copy(this.bytes, place);
		return place;
	}
}

let shared: MemberScanner | undefined;

/** The one of this thread; undefined where WebAssembly's vectors are missing. */
export const memberScanner = (): MemberScanner | undefined => {
	const module = scannerModule();
	shared ??= module && new MemberScanner(module);
	return shared;
};

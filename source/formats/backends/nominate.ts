import type {Scanner} from '../../scanner/scanner.js';
import {usageNeedles} from '../usage/shapes/needles.js';
import {mayHoldWords, nominates as nominatesAgentPress, repeatsUsage, spelledOut} from './agentpress/bytes/nominate.js';
import {scanTable} from './agentpress/bytes/wordings.js';

/**
 * Maximum bytes of a line: gateways log the whole conversation next to its usage, and OTLP's exporter many spans per
 * line.
 */
const longestLine = 16 * 1024 * 1024;

/** A short needle with a rare first letter, which is found at the speed of memory. */
const rough = Buffer.from(scanTable.needle);
/** Ends of lines whose value continues on the next line. */
const wrappedOpeners = ['{\\n"', '[\\n"', '(\\n"'].map(text => Buffer.from(text));

/** Put together when the first line is read. */
let precise: RegExp | undefined;

/** True if a line may contain usage, an event of GlitchTip, or the end of a streamed message. */
const tells = (line: string): boolean => {
	precise ??= new RegExp([...usageNeedles(), 'cache_metrics', 'message_delta'].join('|'));
	return precise.test(line);
};

const [newline, carriageReturn, openRound, openSquare, openCurly] = [0x0a, 0x0d, 0x28, 0x5b, 0x7b];
const [hash, zero, nine, smallT, smallY] = [0x23, 0x30, 0x39, 0x74, 0x79];
/** Maximum bytes of the number of an object, and what encloses it. */
const longestHandle = 16;
/** An ellipsis after a blank, in UTF-8. */
const cut = [0x20, 0xe2, 0x80, 0xa6];

/** Finds the next occurrence of some bytes, searching again only after the last one has been passed. */
class Next {
	readonly #bytes: Buffer;
	readonly #needle: Buffer;
	#at: number;

	constructor(bytes: Buffer, needle: Buffer) {
		this.#bytes = bytes;
		this.#needle = needle;
		this.#at = bytes.indexOf(needle);
	}

	isIn(start: number, end: number): boolean {
		if (this.#at >= 0 && this.#at < start) {
			this.#at = this.#bytes.indexOf(this.#needle, start);
		}
		return this.#at >= 0 && this.#at < end;
	}
}

/** True if a line ends like the start of PHP's `print_r`: with `Array`, or a class and `Object`. */
const endsWithType = (bytes: Buffer, start: number, end: number): boolean => {
	const last = bytes[end - 1];
	return (
		(last === smallY && bytes.toString('latin1', Math.max(start, end - 5), end) === 'Array') ||
		(last === smallT && bytes.toString('latin1', Math.max(start, end - 6), end) === 'Object')
	);
};

/** Index after which a line has only digits before `end`. */
const beforeDigits = (bytes: Buffer, start: number, end: number): number => {
	let at = end;
	while (at > start && isDigit(bytes[at - 1] as number)) {
		at--;
	}
	return at;
};

const isDigit = (byte: number): boolean => byte >= zero && byte <= nine;

/** True if a line ends like the start of an object by Symfony's `dump`: `{#12`, `{#12 …2`. */
const endsWithHandle = (bytes: Buffer, start: number, end: number): boolean => {
	const last = beforeDigits(bytes, start, end);
	const isCut = last - 4 >= start && last < end && cut.every((byte, index) => bytes[last - 4 + index] === byte);
	const number = isCut ? last - 4 : end;
	const at = isCut ? beforeDigits(bytes, start, number) : last;
	return (
		at < number &&
		at - 2 >= start &&
		end - at <= longestHandle - 2 &&
		bytes[at - 1] === hash &&
		bytes[at - 2] === openCurly
	);
};

/** True if a value continues after the line. */
const endsOpen = (bytes: Buffer, start: number, end: number): boolean => {
	const behind = bytes[end - 1] === carriageReturn && end - 1 > start ? end - 1 : end;
	const last = bytes[behind - 1];
	return (
		end > start &&
		(last === openCurly ||
			last === openSquare ||
			last === openRound ||
			endsWithType(bytes, start, behind) ||
			(isDigit(last as number) && endsWithHandle(bytes, start, behind)))
	);
};

/** True if a line may report a call in any wording but AgentPress's. */
export const mayTellCall = (line: string): boolean => tells(line) || spelledOut.test(line);

/** True if a line with a needle contains usage. */
const holdsUsage = (bytes: Buffer, start: number, end: number): boolean => tells(bytes.toString('latin1', start, end));

/** Receives lines. */
type LineReader = {
	/** Accepts a line with a needle by its bytes, before further checks; false if that is not possible. */
	readonly takeKnown?: (start: number, end: number) => boolean;
	/**
	 * Accepts a candidate line. Returns whether the next line is wanted in any case, or that no more lines are.
	 * @param isRead true if the scanner has read it
	 */
	readonly take: (start: number, end: number, isRead: boolean) => boolean | 'enough';
};

/**
 * Passes on the lines that may be relevant without decoding them: most lines are rejected after a look at their
 * beginning and end.
 * @param wanted true if the first line is wanted in any case, because it continues an earlier one
 * @param line finds the lines; without it, they are found here, with the same result
 */
export const eachBackendLine = (bytes: Buffer, wanted: boolean, line: Scanner | null, reader: LineReader): void => {
	let next: ReturnType<LineReader['take']> = wanted;
	const hand = (start: number, end: number, isRead = false): void => {
		if (end - start <= longestLine) {
			next = reader.take(start, end, isRead);
		}
	};
	/** Passes on lines as long as each is wanted by the one before. @returns the start of the first other line */
	const wantedFrom = (first: number): number => {
		let start = first;
		while (next && start < bytes.length) {
			if (next === 'enough') {
				return bytes.length;
			}
			const end = lineEnd(bytes, start);
			hand(start, end);
			start = end + 1;
		}
		return start;
	};
	const nominates = nominator(bytes);
	let from = wantedFrom(0);
	if (line) {
		line.scan(bytes, scanTable, (kind, start, end) => {
			if (start < from) {
				return;
			}
			const isRead = kind === 'read';
			const isOther = kind === 'wrapped' || kind === 'hinted';
			if (isOther && line.holdsNeedle && reader.takeKnown?.(start, end)) {
				return;
			}
			const isNominated =
				kind === 'long'
					? nominates(start, end)
					: isRead ||
						kind === 'decode' ||
						line.isOpen ||
						(kind === 'wrapped' && mayHoldWords(bytes, start, end)) ||
						(line.holdsNeedle && holdsUsage(bytes, start, end));
			if (isNominated) {
				hand(start, end, isRead);
				from = wantedFrom(end + 1);
			}
		});
		return;
	}
	while (from < bytes.length) {
		const end = lineEnd(bytes, from);
		if (nominates(from, end)) {
			hand(from, end);
		}
		from = wantedFrom(end + 1);
	}
};

const lineEnd = (bytes: Buffer, start: number): number => {
	const found = bytes.indexOf(newline, start);
	return found < 0 ? bytes.length : found;
};

/** The scanner's rules in JavaScript; must be called for lines in order. */
const nominator = (bytes: Buffer): ((start: number, end: number) => boolean) => {
	let usage: Next | undefined;
	let openers: readonly Next[] | undefined;
	return (start, end) => {
		usage ??= new Next(bytes, rough);
		openers ??= wrappedOpeners.map(needle => new Next(bytes, needle));
		return (
			nominatesAgentPress(bytes, start, end) ||
			(usage.isIn(start, end) && !repeatsUsage(bytes, start, end) && holdsUsage(bytes, start, end)) ||
			endsOpen(bytes, start, end) ||
			openers.some(opener => opener.isIn(start, end))
		);
	};
};

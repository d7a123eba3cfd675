import type {Scanner} from '../../scanner/scanner.js';
import {usageNeedles} from '../usage/shapes/needles.js';
import {mayHoldWords, nominates as nominatesAgentPress, repeatsUsage, spelledOut} from './agentpress/bytes/nominate.js';
import {scanTable} from './agentpress/bytes/wordings.js';

/** Gateways log the whole conversation beside its usage, and OTLP's exporter many spans a line. Bytes. */
const longestLine = 16 * 1024 * 1024;

/** Short, and with a rare first letter: it is found at the speed of memory. */
const rough = Buffer.from(scanTable.needle);
/** A line that another writer wrapped, and of which the value goes on in the next one. */
const wrappedOpeners = ['{\\n"', '[\\n"', '(\\n"'].map(text => Buffer.from(text));

/** What tells that a line may hold a usage, an event of GlitchTip, or the end of a streamed message. */
const precise = new RegExp([...usageNeedles, 'cache_metrics', 'message_delta'].join('|'));

const [newline, carriageReturn, openRound, openSquare, openCurly] = [0x0a, 0x0d, 0x28, 0x5b, 0x7b];
const [smallT, smallY] = [0x74, 0x79];

/** The next place of some bytes in a buffer, looked for only when the last one has been passed. */
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

/** Whether a line ends as PHP's `print_r` begins: with `Array`, or a class and `Object`. */
const endsWithType = (bytes: Buffer, start: number, end: number): boolean => {
	const last = bytes[end - 1];
	return (
		(last === smallY && bytes.toString('latin1', Math.max(start, end - 5), end) === 'Array') ||
		(last === smallT && bytes.toString('latin1', Math.max(start, end - 6), end) === 'Object')
	);
};

/** Whether a value goes on behind the line. */
const endsOpen = (bytes: Buffer, start: number, end: number): boolean => {
	const behind = bytes[end - 1] === carriageReturn && end - 1 > start ? end - 1 : end;
	const last = bytes[behind - 1];
	return (
		end > start &&
		(last === openCurly || last === openSquare || last === openRound || endsWithType(bytes, start, behind))
	);
};

/** Whether a whole line may tell a call in any other wording than AgentPress'. */
export const mayTellCall = (line: string): boolean => precise.test(line) || spelledOut.test(line);

/** Whether a line that may hold a usage does, and one that no other event of the same call tells as well. */
const holdsUsage = (bytes: Buffer, start: number, end: number): boolean =>
	!repeatsUsage(bytes, start) && precise.test(bytes.toString('latin1', start, end));

/** Receives lines. */
type LineReader = {
	/** Takes a line that holds a needle by its bytes, before it is looked at any closer; false where that cannot be. */
	readonly takeKnown?: (start: number, end: number) => boolean;
	/**
	 * Takes a line that may tell something; returns whether the next line is wanted whatever it holds, or that none is.
	 * @param isRead whether the scanner has read it
	 */
	readonly take: (start: number, end: number, isRead: boolean) => boolean | 'enough';
};

/**
 * Walks through whole lines and hands over those that may tell something, before anything is decoded: most lines of a
 * log do not, and are left after a look at how they begin and end.
 * @param wanted the first line is, whatever it holds: one before it goes on there
 * @param line finds the lines; without it they are looked for here, with the same result
 */
export const eachBackendLine = (bytes: Buffer, wanted: boolean, line: Scanner | null, reader: LineReader): void => {
	let next: ReturnType<LineReader['take']> = wanted;
	const hand = (start: number, end: number, isRead = false): void => {
		if (end - start <= longestLine) {
			next = reader.take(start, end, isRead);
		}
	};
	/** Hands over lines as long as each is wanted by the one before it. @returns where the first other line begins */
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

/** The scanner's rules, in JavaScript; lines are asked about in their order. */
const nominator = (bytes: Buffer): ((start: number, end: number) => boolean) => {
	let usage: Next | undefined;
	let openers: readonly Next[] | undefined;
	return (start, end) => {
		usage ??= new Next(bytes, rough);
		openers ??= wrappedOpeners.map(needle => new Next(bytes, needle));
		return (
			nominatesAgentPress(bytes, start, end) ||
			(usage.isIn(start, end) && holdsUsage(bytes, start, end)) ||
			endsOpen(bytes, start, end) ||
			openers.some(opener => opener.isIn(start, end))
		);
	};
};

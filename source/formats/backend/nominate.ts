import {nominates as nominatesAgentPress, repeatsUsage} from '../agentpress/bytes/nominate.js';
import {usageNeedles} from '../usage/shapes/needles.js';

/** Gateways log the whole conversation beside its usage, and OTLP's exporter many spans a line. Bytes. */
const longestLine = 16 * 1024 * 1024;

/** What every name of a count of tokens holds. Short, and with a rare first letter: it is found at the speed of memory. */
const rough = Buffer.from('ken');
/** A line that another writer wrapped, and of which the value goes on in the next one. */
const wrappedOpeners = ['{\\n"', '[\\n"', '(\\n"'].map(text => Buffer.from(text));

/** What tells that a line may hold a usage, an event of GlitchTip, or the end of a streamed message. */
const precise = new RegExp([...usageNeedles, 'cache_metrics', 'message_delta'].join('|'));

const [newline, carriageReturn, openRound, openSquare, openCurly] = [0x0a, 0x0d, 0x28, 0x5b, 0x7b];

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

/** Whether a value goes on behind the line. */
const endsOpen = (bytes: Buffer, start: number, end: number): boolean => {
	const last = bytes[end - 1] === carriageReturn && end - 1 > start ? bytes[end - 2] : bytes[end - 1];
	return end > start && (last === openCurly || last === openSquare || last === openRound);
};

/**
 * Walks through whole lines and hands over those that may tell something, before anything is decoded: most lines of a
 * log do not, and are left after a look at how they begin and end.
 * @param wanted the first line is, whatever it holds: one before it goes on there
 * @param onLine is told whether the line stands for itself; returns whether the next line is wanted whatever it holds
 */
export const eachBackendLine = (
	bytes: Buffer,
	wanted: boolean,
	onLine: (start: number, end: number, isWhole: boolean) => boolean,
): void => {
	const usage = new Next(bytes, rough);
	const openers = wrappedOpeners.map(needle => new Next(bytes, needle));
	let next = wanted;
	for (let start = 0; start < bytes.length; ) {
		const found = bytes.indexOf(newline, start);
		const end = found < 0 ? bytes.length : found;
		if (
			(next ||
				nominatesAgentPress(bytes, start, end) ||
				(usage.isIn(start, end) && precise.test(bytes.toString('latin1', start, end)) && !repeatsUsage(bytes, start)) ||
				endsOpen(bytes, start, end) ||
				openers.some(opener => opener.isIn(start, end))) &&
			end - start <= longestLine
		) {
			next = onLine(start, end, !next);
		}
		start = end + 1;
	}
};

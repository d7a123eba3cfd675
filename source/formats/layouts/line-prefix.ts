import {type LocalTime, parseStamp} from '../../time/stamp.js';
import {invalid} from '../json/json-skip.js';
import {isAt} from '../json/member.js';
import type {Around} from '../wrappers/unwrap.js';

/** Matches a time with its date; captures its separators and the notation of its zone (see `formOf`). */
const isoTime = /^\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:([.,])\d{1,9})?(Z|[+-]\d\d(:?)\d\d)?/;
const longestTime = 40;

/**
 * Matches a time without a year, which is useless: `Nov 7 08:15:30 ` of syslog after the month, `08:15:30 ` of honcho.
 */
const bareClock = /^(?:[ \d]\d )?\d\d:\d\d:\d\d(?:\.\d{1,6})?(?= )/;
/**
 * Matches a year, next to which a time of day may be part of a time: `Nov 27 08:15:30 2026`. In brackets it is a
 * process id.
 */
const year = /(?:^|[^\d[])\d{4}(?:\D|$)/;
const beforeClock = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} (?=[ \d]\d \d))?/;

/** What all times of one writer have in common. */
const formOf = ([, separator, point = '', zone = '', colon = '']: readonly (string | undefined)[]): string =>
	`${separator}${point}${zone === 'Z' ? zone : zone.length}${colon}`;

/** The context of a line without anything around it. */
export const alone: Around = {stream: '', time: undefined, stamp: '', inList: false};

/** The text that other writers put before each line of a log, which is the same except for a time. */
export class LinePrefix {
	readonly #before: Buffer;
	readonly #after: Buffer;
	/** The form of its time; `clock` if that is useless, undefined if there is none. */
	readonly #form: string | undefined;
	readonly #localTime: LocalTime;
	#around = alone;

	private constructor(before: string, after: string, form: string | undefined, localTime: LocalTime) {
		this.#before = Buffer.from(before, 'latin1');
		this.#after = Buffer.from(after, 'latin1');
		this.#form = form;
		this.#localTime = localTime;
	}

	/**
	 * The prefix of a decoded line; undefined if more than a time may vary.
	 * @param text each character is a byte
	 */
	static of(text: string, around: Around, localTime: LocalTime): LinePrefix | undefined {
		const {time, stamp, inList} = around;
		if (inList) {
			return undefined;
		}
		if (time === undefined && stamp === '') {
			const [before] = beforeClock.exec(text) ?? [''];
			const clock = bareClock.exec(text.slice(before.length))?.[0];
			return clock === undefined || year.test(text)
				? new LinePrefix(text, '', undefined, localTime)
				: new LinePrefix(before, text.slice(before.length + clock.length), 'clock', localTime);
		}
		const at = stamp === '' ? -1 : text.indexOf(stamp);
		const match = isoTime.exec(stamp);
		const isWhole = match?.[0] === stamp && isoTime.exec(text.slice(at))?.[0] === stamp;
		return at >= 0 && match && isWhole && text.lastIndexOf(stamp) === at && parseStamp(stamp, localTime) === time
			? new LinePrefix(text.slice(0, at), text.slice(at + stamp.length), formOf(match), localTime)
			: undefined;
	}

	/** The context of the line that matched last. */
	get around(): Around {
		return this.#around;
	}

	/** Index after the prefix of the line that starts here; `invalid` if it has another. */
	match(bytes: Buffer, from: number): number {
		if (!isAt(bytes, from, this.#before)) {
			return invalid;
		}
		const at = from + this.#before.length;
		if (this.#form === undefined) {
			return at;
		}
		const text = bytes.toString('latin1', at, at + longestTime);
		const isClock = this.#form === 'clock';
		const match = (isClock ? bareClock : isoTime).exec(text);
		const written = match && (isClock || formOf(match) === this.#form) ? match[0] : '';
		const time = isClock ? undefined : parseStamp(written, this.#localTime);
		if (written === '' || (!isClock && time === undefined) || !isAt(bytes, at + written.length, this.#after)) {
			return invalid;
		}
		this.#around = isClock ? alone : {...alone, time, stamp: written};
		return at + written.length + this.#after.length;
	}
}

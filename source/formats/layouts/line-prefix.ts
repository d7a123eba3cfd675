import {type LocalTime, parseStamp} from '../../time/stamp.js';
import {invalid} from '../json/json-skip.js';
import {isAt} from '../json/member.js';
import type {Around} from '../wrappers/unwrap.js';

/** A time with its day; its separators and the way its zone is written are captured (see `formOf`). */
const isoTime = /^\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:([.,])\d{1,9})?(Z|[+-]\d\d(:?)\d\d)?/;
const longestTime = 40;

/** A time without a year, which tells nothing: `Nov  7 08:15:30 ` of syslog behind its month, `08:15:30 ` of honcho. */
const bareClock = /^(?:[ \d]\d )?\d\d:\d\d:\d\d(?:\.\d{1,6})?(?= )/;
/** A year, beside which a clock may be part of a time: `Nov 27 08:15:30 2026`. In brackets it is a process. */
const year = /(?:^|[^\d[])\d{4}(?:\D|$)/;
const beforeClock = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} (?=[ \d]\d \d))?/;

/** What is the same in all times that one writer writes. */
const formOf = ([, separator, point = '', zone = '', colon = '']: readonly (string | undefined)[]): string =>
	`${separator}${point}${zone === 'Z' ? zone : zone.length}${colon}`;

/** Nothing is around a line of its own. */
export const alone: Around = {stream: '', time: undefined, stamp: '', inList: false};

/** What other writers put before the lines of a log: the same in each line, but for a time. */
export class LinePrefix {
	readonly #before: Buffer;
	readonly #after: Buffer;
	/** That of its time; `clock` where that tells nothing, undefined where it has none. */
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
	 * That of a line which was decoded; undefined where more than a time may be another in the next line.
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

	/** Of the line that matched last. */
	get around(): Around {
		return this.#around;
	}

	/** What is behind the prefix of a line that begins here; `invalid` where it has another. */
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

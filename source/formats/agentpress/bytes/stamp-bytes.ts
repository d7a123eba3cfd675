import {parseStamp, utc} from '../../../time/stamp.js';
import {startsWith} from '../event-start.js';

const dayLength = '2025-10-20T'.length;
const secondLength = '2025-10-20T08:15:30'.length;
const longLength = '2025-10-20T08:15:30.123456Z'.length;
const [dot, digit0, digit9, colon, letterZ] = [46, 48, 57, 58, 90];

/** Reads the logger's own time (UTC, microseconds or none) from bytes: lines of one second follow each other. */
export class StampBytes {
	/** Epoch milliseconds of the time read last. */
	time = 0;
	/** Its microseconds; -1 where it was written without. */
	#fraction = -1;
	#secondText = '';
	readonly #second = Buffer.alloc(secondLength);
	#secondTime = 0;
	readonly #day = Buffer.alloc(dayLength);
	#dayTime = 0;

	/** Length of the time that stands here; 0 where there is none in the logger's own form, or an impossible one. */
	read(bytes: Buffer, start: number): number {
		for (let index = secondLength - 1; index >= 0; index--) {
			if (bytes[start + index] !== this.#second[index]) {
				if (!this.#newSecond(bytes, start)) {
					return 0;
				}
				break;
			}
		}
		let at = start + secondLength;
		let fraction = 0;
		if (bytes[at] === dot) {
			for (at++; at < start + longLength - 1; at++) {
				const byte = bytes[at] as number;
				if (!(byte >= digit0 && byte <= digit9)) {
					return 0;
				}
				fraction = fraction * 10 + byte - digit0;
			}
		}
		if (bytes[at] !== letterZ) {
			return 0;
		}
		this.time = this.#secondTime + Math.floor(fraction / 1000);
		this.#fraction = at === start + secondLength ? -1 : fraction;
		return at + 1 - start;
	}

	/** The time read last, as it was written. */
	get text(): string {
		const fraction = this.#fraction;
		return fraction < 0
			? `${this.#secondText}Z`
			: `${this.#secondText}${milliseconds[Math.floor(fraction / 1000)]}${microseconds[fraction % 1000]}`;
	}

	#newSecond(bytes: Buffer, start: number): boolean {
		if (!startsWith(bytes, start, this.#day) && !this.#newDay(bytes, start)) {
			return false;
		}
		const hour = twoDigits(bytes, start + 11);
		const minute = twoDigits(bytes, start + 14);
		const second = twoDigits(bytes, start + 17);
		if (bytes[start + 13] !== colon || bytes[start + 16] !== colon || !(hour < 24 && minute < 60 && second < 60)) {
			return false;
		}
		this.#secondTime = this.#dayTime + ((hour * 60 + minute) * 60 + second) * 1000;
		bytes.copy(this.#second, 0, start, start + secondLength);
		this.#secondText = bytes.toString('latin1', start, start + secondLength);
		return true;
	}

	#newDay(bytes: Buffer, start: number): boolean {
		const day = bytes.toString('latin1', start, start + dayLength);
		const time = day.endsWith('T') ? parseStamp(`${day}00:00:00Z`, utc) : undefined;
		if (time === undefined) {
			return false;
		}
		this.#dayTime = time;
		bytes.copy(this.#day, 0, start, start + dayLength);
		return true;
	}
}

/** The digits behind a second: making them anew for each line would cost more than all else about its time. */
const threeDigits = Array.from({length: 1000}, (_, number) => String(number).padStart(3, '0'));
const milliseconds = threeDigits.map(digits => `.${digits}`);
const microseconds = threeDigits.map(digits => `${digits}Z`);

const digit = (byte: number | undefined): number =>
	byte !== undefined && byte >= digit0 && byte <= digit9 ? byte - digit0 : Number.NaN;

const twoDigits = (bytes: Buffer, at: number): number => digit(bytes[at]) * 10 + digit(bytes[at + 1]);

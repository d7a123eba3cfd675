/** The time of a line: epoch milliseconds, and the digits in the log. */
export type Moment = {readonly time: number; readonly stamp: string};

/** Fractions of a second as text: formatting them for each line would cost more than everything else about its time. */
const threeDigits = Array.from({length: 1000}, (_, number) => String(number).padStart(3, '0'));

/** The last second that was formatted; consecutive lines are usually of one second. */
let latest = Number.NaN;
let latestText = '';

/** The time of a line that the scanner has read; its text, as written by the logger, is created on demand. */
export class ReadMoment implements Moment {
	readonly time: number;
	/** Microseconds after the second; -1 if it was written without a fraction. */
	readonly microseconds: number;

	constructor(time: number, microseconds: number) {
		this.time = time;
		this.microseconds = microseconds;
	}

	get stamp(): string {
		const second = Math.floor(this.time / 1000);
		if (second !== latest) {
			latest = second;
			latestText = new Date(second * 1000).toISOString().slice(0, '2025-10-20T08:15:30'.length);
		}
		return this.microseconds < 0
			? `${latestText}Z`
			: `${latestText}.${threeDigits[Math.floor(this.microseconds / 1000)]}${threeDigits[this.microseconds % 1000]}Z`;
	}
}

/** The same as plain data, for saving. */
export const plainMoment = ({time, stamp}: Moment): Moment => ({time, stamp});

const fraction = /[.,]\d{3,}(?:Z|[+-]\d\d:?\d\d)?$/;

/** True if a time has enough digits to distinguish the lines of a thread. */
export const hasFraction = (at: Moment): boolean =>
	at instanceof ReadMoment ? at.microseconds >= 0 : fraction.test(at.stamp);

/**
 * True if one is later than the other. Within a millisecond the text decides, if both have the same number of digits.
 */
export const isLater = (at: Moment, than: Moment): boolean => {
	if (at.time !== than.time) {
		return at.time > than.time;
	}
	if (at instanceof ReadMoment && than instanceof ReadMoment) {
		return than.microseconds >= 0 && at.microseconds > than.microseconds;
	}
	return at.stamp.length === than.stamp.length && at.stamp > than.stamp;
};

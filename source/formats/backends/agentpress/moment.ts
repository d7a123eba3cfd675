/** When a line was written: the instant, epoch milliseconds, and the digits that the log used for it. */
export type Moment = {readonly time: number; readonly stamp: string};

/** The digits behind a second: making them anew for each line would cost more than all else about its time. */
const threeDigits = Array.from({length: 1000}, (_, number) => String(number).padStart(3, '0'));

/** The latest second that was written out: lines of one second follow each other. */
let latest = Number.NaN;
let latestText = '';

/** The time of a line that the scanner has read. Its text, as the logger wrote it, is made only when somebody asks. */
export class ReadMoment implements Moment {
	readonly time: number;
	/** Behind the second; -1 where it was written without a fraction. */
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

/** As plain data, which can be saved. */
export const plainMoment = ({time, stamp}: Moment): Moment => ({time, stamp});

const fraction = /[.,]\d{3,}(?:Z|[+-]\d\d:?\d\d)?$/;

/** Whether the time of a line has digits enough to tell it from the others of its thread. */
export const hasFraction = (at: Moment): boolean =>
	at instanceof ReadMoment ? at.microseconds >= 0 : fraction.test(at.stamp);

/** Whether one is later than another. Within one millisecond the text tells, where both have as many digits. */
export const isLater = (at: Moment, than: Moment): boolean => {
	if (at.time !== than.time) {
		return at.time > than.time;
	}
	if (at instanceof ReadMoment && than instanceof ReadMoment) {
		return than.microseconds >= 0 && at.microseconds > than.microseconds;
	}
	return at.stamp.length === than.stamp.length && at.stamp > than.stamp;
};

/** The digits behind a second: making them anew for each line would cost more than all else about its time. */
const threeDigits = Array.from({length: 1000}, (_, number) => String(number).padStart(3, '0'));
const milliseconds = threeDigits.map(digits => `.${digits}`);
const microseconds = threeDigits.map(digits => `${digits}Z`);

/** The text of a time that the scanner has read, as the logger wrote it: lines of one second follow each other. */
export class StampText {
	#second = Number.NaN;
	#text = '';

	/** @param time epoch milliseconds  @param micros microseconds behind the second; -1 where none were written */
	of(time: number, micros: number): string {
		const second = Math.floor(time / 1000);
		if (second !== this.#second) {
			this.#second = second;
			this.#text = new Date(second * 1000).toISOString().slice(0, '2025-10-20T08:15:30'.length);
		}
		return micros < 0
			? `${this.#text}Z`
			: `${this.#text}${milliseconds[Math.floor(micros / 1000)]}${microseconds[micros % 1000]}`;
	}
}

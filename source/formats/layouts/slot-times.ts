import type {LocalTime} from '../../time/stamp.js';
import {callTimes} from '../roles/call-times.js';
import {parseTime} from '../times/log-time.js';
import type {Call} from '../usage/call.js';
import type {Layout} from './layout.js';
import {SlotText} from './slot-text.js';

/** The slots with the times of a call. */
export type TimeSlots = {
	readonly told: number | undefined;
	readonly began: number | undefined;
	readonly duration: number | undefined;
	/** The slots with numbers instead of text. */
	readonly asNumber: ReadonlySet<number>;
	/** True if the time is an object, of which only the result is known. */
	readonly asTime: boolean;
};

const noTime = {time: undefined, stamp: '', start: undefined} as const;

/** Reads the times of a call from the slots of a layout. */
export class SlotTimes {
	readonly #slots: TimeSlots;
	readonly #example: Call;
	readonly #localTime: LocalTime;
	readonly #told = new SlotText();
	readonly #other = new SlotText();

	/** @param example provides the times that are in no slot, which are the same in all lines */
	constructor(slots: TimeSlots, example: Call, localTime: LocalTime) {
		this.#slots = slots;
		this.#example = example;
		this.#localTime = localTime;
	}

	/** The times of the object that matched last; undefined if a slot contains no time. */
	read(layout: Layout): Pick<Call, 'time' | 'stamp' | 'start'> | undefined {
		const {told, began, duration} = this.#slots;
		if (told === undefined && began === undefined && duration === undefined) {
			return this.#example;
		}
		const toldAt = this.#time(layout, told, this.#told);
		if (began === undefined && duration === undefined) {
			return toldAt;
		}
		const beganAt = this.#time(layout, began, this.#other);
		const lasted = duration === undefined ? undefined : this.#duration(layout, duration);
		return toldAt && beganAt && !Number.isNaN(lasted) ? callTimes(beganAt, toldAt, lasted) : undefined;
	}

	/** Milliseconds; NaN if the text is not a whole number. */
	#duration(layout: Layout, slot: number): number {
		return this.#slots.asNumber.has(slot) ? Number(textIn(layout, slot, this.#other)) : layout.number(slot);
	}

	#time(layout: Layout, slot: number | undefined, text: SlotText) {
		if (slot === undefined) {
			return noTime;
		}
		if (this.#slots.asNumber.has(slot)) {
			const number = Number(textIn(layout, slot, text));
			return this.#timeAt(parseTime(number, this.#localTime), String(number));
		}
		const stamp = textIn(layout, slot, text);
		const time = layout.time(slot);
		if (!Number.isNaN(time)) {
			return this.#timeAt(time, stamp);
		}
		const number = layout.number(slot);
		return this.#timeAt(parseTime(Number.isNaN(number) ? stamp : number, this.#localTime), stamp);
	}

	#timeAt(time: number | undefined, stamp: string) {
		return time === undefined ? undefined : {time, stamp: this.#slots.asTime ? String(time) : stamp, start: undefined};
	}
}

const textIn = ({matcher: {bytes, from, behind}}: Layout, slot: number, text: SlotText): string =>
	text.of(bytes, from[slot] as number, behind[slot] as number);

import type {Plan, PlanBlock, SkippedPart} from '../../request.js';
import {grown} from './grown.js';

/** The parts of a prompt, by number. */
const parts: readonly SkippedPart['part'][] = ['system', 'conversation'];

/** Number of header values before a plan's parts: blocks, skipped parts, flags. */
const head = 3;
const unsupportedMark = 1;
const hiddenMark = 2;

/** Represents unknown tokens. */
const unknown = -1;
const most = 2 ** 30;

const fits = (number: number): boolean => Number.isInteger(number) && number >= 0 && number < most;

const areHeld = ({blocks, skipped}: Plan): boolean =>
	blocks.every(({number, tokens}) => fits(number) && (tokens === undefined || fits(tokens))) &&
	skipped.every(({tokens}) => tokens === undefined || fits(tokens));

/** Plans as numbers in one array: nearly every request has one in a log with plans. */
export class PlanPool {
	#numbers = new Int32Array(0);
	#length = 0;

	/** Drops all plans from a position on. */
	truncate(length: number): void {
		this.#length = length;
	}

	/** Adds a plan and returns its position; undefined if its numbers do not fit, which no sane log has. */
	add(plan: Plan): number | undefined {
		if (!areHeld(plan)) {
			return undefined;
		}
		const place = this.#length;
		this.#length += sizeOf(plan);
		this.#numbers = grown(this.#numbers, this.#length);
		this.#write(place, plan);
		return place;
	}

	/** Replaces the plan at a position; false if it needs more room, or does not fit. */
	replace(place: number, plan: Plan): boolean {
		const room = sizeOf({blocks: {length: this.#at(place)}, skipped: {length: this.#at(place + 1)}});
		if (sizeOf(plan) > room || !areHeld(plan)) {
			return false;
		}
		this.#write(place, plan);
		return true;
	}

	#write(place: number, {blocks, skipped, unsupported, hidden}: Plan): void {
		const numbers = this.#numbers;
		let at = place;
		numbers[at++] = blocks.length;
		numbers[at++] = skipped.length;
		numbers[at++] = (unsupported ? unsupportedMark : 0) + (hidden ? hiddenMark : 0);
		for (const {number, tokens, reused} of blocks) {
			numbers[at++] = 2 * number + (reused ? 1 : 0);
			numbers[at++] = tokens ?? unknown;
		}
		for (const {part, tokens} of skipped) {
			numbers[at++] = parts.indexOf(part);
			numbers[at++] = tokens ?? unknown;
		}
	}

	#at(place: number): number {
		return this.#numbers[place] as number;
	}

	at(place: number): Plan {
		const blocks: PlanBlock[] = [];
		const skipped: SkippedPart[] = [];
		let at = place + head;
		for (let left = this.#at(place); left > 0; left--) {
			const number = this.#at(at++);
			blocks.push({number: number >> 1, tokens: told(this.#at(at++)), reused: (number & 1) === 1});
		}
		for (let left = this.#at(place + 1); left > 0; left--) {
			skipped.push({part: parts[this.#at(at++)] as SkippedPart['part'], tokens: told(this.#at(at++))});
		}
		const marks = this.#at(place + 2);
		const unsupported = (marks & unsupportedMark) > 0;
		return (marks & hiddenMark) > 0 ? {blocks, skipped, unsupported, hidden: true} : {blocks, skipped, unsupported};
	}
}

const told = (tokens: number): number | undefined => (tokens === unknown ? undefined : tokens);

const sizeOf = ({blocks, skipped}: {readonly blocks: {length: number}; readonly skipped: {length: number}}): number =>
	head + 2 * (blocks.length + skipped.length);

import {eventStart, isJson, stampStart} from '../event-start.js';
import type {AgentPressEvent} from '../events.js';
import {NameCache} from '../name-cache.js';
import {type Field, readConsoleContext, readJsonContext} from './context-bytes.js';
import {afterEmoji} from './emoji-bytes.js';
import {Layout, LineFields} from './layout.js';
import {literal, viewOf} from './literal.js';
import {QuickEvents} from './quick-events.js';
import {StampBytes} from './stamp-bytes.js';

const levels = ['info', 'debug', 'warning', 'error', 'critical'].map(level => level.padEnd(9));
const colours = ['32', '33', '31'];
/** All that may stand between the time and the event. */
const plainHeaders = levels.map(level => literal(` [${level}] `));
const colourHeaders = colours.flatMap(colour =>
	levels.map(level => literal(`\u001B[0m [\u001B[${colour}m\u001B[1m${level}\u001B[0m] \u001B[1m`)),
);

/** Layouts kept by event and length; so many of one length may take turns, for the workers of one log differ. */
const places = 1024;
const mostOfPlace = 4;

/**
 * Reads lines of the logger's own three renderings from their bytes. It takes only what it reads exactly as decoding
 * the line would, and that is nearly every line that matters.
 */
export class QuickLine {
	readonly #events = new QuickEvents();
	readonly #stamp = new StampBytes();
	readonly #fields = new LineFields(this.#stamp, new NameCache());
	readonly #layouts = Array.from({length: places}, (): Layout[] => []);
	#bytes: Buffer = Buffer.alloc(0);
	#view = viewOf(this.#bytes);

	/** No wrapper names a process. */
	readonly stream = '';

	/** Of the line read last: its time, as epoch milliseconds and as written. */
	get time(): number {
		return this.#stamp.time;
	}

	get stamp(): string {
		return this.#stamp.text;
	}

	get thread(): string | undefined {
		return this.#fields.thread;
	}

	get run(): string | undefined {
		return this.#fields.run;
	}

	/** The event of the line; undefined where the whole line must be decoded to tell. */
	read(bytes: Buffer, start: number, end: number): AgentPressEvent | undefined {
		if (bytes !== this.#bytes) {
			this.#bytes = bytes;
			this.#view = viewOf(bytes);
		}
		const at = eventStart(bytes, start);
		const words = at < 0 ? -1 : afterEmoji(bytes, at);
		const event = words < 0 ? undefined : this.#events.read(bytes, this.#view, words);
		return event && this.#hasTime(start) && this.#hasContext(start, this.#events.end, end) ? event : undefined;
	}

	/** Reads the time before the event; JSON lines have it behind. */
	#hasTime(start: number): boolean {
		const bytes = this.#bytes;
		if (isJson(bytes, start)) {
			return true;
		}
		const stamp = stampStart(bytes, start);
		const length = this.#stamp.read(bytes, stamp);
		if (length === 0) {
			return false;
		}
		for (const header of stamp === start ? plainHeaders : colourHeaders) {
			if (header.standsAt(this.#view, stamp + length)) {
				return true;
			}
		}
		return false;
	}

	#hasContext(lineStart: number, start: number, end: number): boolean {
		const place = (this.#events.rule * 31 + end - start) % places;
		const layouts = this.#layouts[place] as Layout[];
		for (const layout of layouts) {
			if (layout.fits(this.#bytes, this.#view, start, end, this.#fields)) {
				return true;
			}
		}
		const json = isJson(this.#bytes, lineStart);
		const fields = (json ? readJsonContext : readConsoleContext)(this.#bytes, start, end);
		if (!fields || !isRegular(fields, json)) {
			return false;
		}
		const layout = new Layout(this.#bytes, start, end, fields);
		if (layouts.length === mostOfPlace) {
			layouts.shift();
		}
		layouts.push(layout);
		return layout.fits(this.#bytes, this.#view, start, end, this.#fields);
	}
}

/** Each name once at most, and a time where there must be one. */
const isRegular = (fields: readonly Field[], json: boolean): boolean =>
	new Set(fields.map(({name}) => name)).size === fields.length &&
	fields.some(({name, text}) => name === 'stamp' && text !== undefined) === json;

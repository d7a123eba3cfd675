import {type Request, untimed} from '../../../request.js';
import type {Scanner} from '../../../scanner/scanner.js';
import {parseStamp} from '../../../time/stamp.js';
import type {FormatContext, Tally} from '../../format.js';
import {type JsonObject, objectOf} from '../../json/json-values.js';
import {type LogRecord, parseJsonRecord} from '../../wrappers/log-record.js';
import type {Around, Content} from '../../wrappers/unwrap.js';
import {isRepeat} from './bytes/nominate.js';
import {eventOf} from './bytes/wordings.js';
import {contextOf} from './context.js';
import {type ParsedEvent, parseEvent} from './events.js';
import {Joiner} from './joiner.js';
import {ReadMoment} from './moment.js';
import type {Saved} from './saved.js';
import {type Stamped, stampBefore} from './stamp-before.js';

type Found = {readonly record: LogRecord; readonly parsed: ParsedEvent};

const foundIn = (record: LogRecord | undefined): Found | undefined => {
	const parsed = record && parseEvent(record.text);
	return record && parsed && {record, parsed};
};

/** Maximum nesting of the objects in which collectors put what they parsed. */
const deepest = 2;

const inside = (value: JsonObject, depth: number): Found | undefined => {
	for (const part of depth < deepest ? Object.values(value) : []) {
		const inner = objectOf(part);
		const found = inner && (foundIn(parseJsonRecord(inner)) ?? inside(inner, depth + 1));
		if (found) {
			return found;
		}
	}
	return undefined;
};

/** The caching event in a record of the backend's logger, even if a collector nested it. */
export const eventIn = (content: Content): Found | undefined => {
	switch (content.kind) {
		case 'record':
			return foundIn(content.record);
		case 'object':
			return foundIn(parseJsonRecord(content.value)) ?? inside(content.value, 0);
		case 'text':
			return undefined;
	}
};

/** Reads the events of an AgentPress backend in a log. */
export class AgentPressReader {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	readonly #joiner: Joiner;
	/** The time of the last line that had one, parsed on demand: most lines do not need it. */
	#latest: Stamped;
	#lastGood: number;

	constructor(context: FormatContext, tally: Tally, saved: Saved | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#joiner = new Joiner(context, tally, () => this.#latest.stamp, saved);
		this.#latest = saved?.latest ?? {stamp: ''};
		this.#lastGood = saved?.lastGood ?? untimed;
	}

	provisional(): readonly Request[] {
		return this.#joiner.provisional();
	}

	/** If a log has many threads and some are left out, a later repeat of an outcome would count as another request. */
	get state(): Saved {
		return {
			latest: {stamp: this.#latest.stamp, time: this.#latest.time},
			lastGood: this.#lastGood,
			...this.#joiner.save(),
		};
	}

	/** Accepts a line of the logger that the scanner has read; false if it must be decoded. */
	takeRead(line: Scanner): boolean {
		const event = eventOf(line);
		if (!event) {
			return false;
		}
		const at = new ReadMoment(line.time, line.microseconds);
		this.#latest = at;
		this.#lastGood = at.time;
		// No wrapper names a process.
		this.#joiner.event(event, at, {stream: '', thread: line.thread, run: line.run});
		return true;
	}

	/**
	 * @param buffer the lines with the content, which is in the one that starts at `start`
	 * @returns true if it is a caching event
	 */
	take(content: Content, around: Around, buffer: Buffer, start: number): boolean {
		const found = eventIn(content);
		const fields = found && contextOf(found.record, found.parsed.tail);
		if (!found || !fields) {
			const isOwn = content.kind === 'record' && isRepeat(content.record.text);
			this.#tally.repeats += isOwn ? 1 : 0;
			return isOwn;
		}
		const record: Stamped = found.record.stamp === '' ? around : found.record;
		// The date of a stamp may not exist.
		const told = record.time ?? parseStamp(record.stamp, this.#context.localTime);
		if (told === undefined) {
			this.#tally.untimed++;
			this.#latest = stampBefore(buffer, start) ?? this.#latest;
		} else {
			this.#latest = {stamp: record.stamp, time: told};
		}
		const at = {time: this.#timeNow(), stamp: record.stamp};
		this.#joiner.event(found.parsed.event, at, {stream: around.stream, ...fields});
		return true;
	}

	#timeNow(): number {
		const {time, stamp} = this.#latest;
		this.#lastGood = time ?? parseStamp(stamp, this.#context.localTime) ?? this.#lastGood;
		return this.#lastGood;
	}
}

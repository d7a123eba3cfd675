import type {Request} from '../../request.js';
import {type Scanner, scanner} from '../../scanner/scanner.js';
import {parseStamp} from '../../time/stamp.js';
import {eachNominated, longestCandidate} from '../candidates.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {Unwrapper} from '../wrappers/unwrap.js';
import {afterEmoji} from './bytes/emoji-bytes.js';
import {mayHoldWords, nominates} from './bytes/nominate.js';
import {StampText} from './bytes/stamp-text.js';
import {eventOf, scanTable} from './bytes/wordings.js';
import {contextOf} from './context.js';
import {parseEvent} from './events.js';
import {Joiner} from './joiner.js';
import {asSaved, type Saved, version} from './saved.js';
import {type Stamped, stampBefore} from './stamp-before.js';

/** Reads one log of an AgentPress backend. */
export class AgentPressSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #scanner: Scanner | null;
	readonly #stamps = new StampText();
	readonly #unwrapper: Unwrapper;
	readonly #joiner: Joiner;
	/** The time of the latest line that had one. Parsed only when it is needed: most lines say nothing. */
	#latest: Stamped;
	#lastGood: number;

	/** @param lines finds and reads lines; null has each decoded, with the same result */
	constructor(context: FormatContext, savedBefore?: unknown, lines: Scanner | null = scanner() ?? null) {
		this.#scanner = lines;
		const saved = asSaved(savedBefore);
		this.#context = context;
		this.tally = {...emptyTally(), ...saved?.tally};
		this.#unwrapper = new Unwrapper(saved?.parts);
		this.#joiner = new Joiner(context, this.tally, () => this.#latest.stamp, saved);
		this.#latest = saved?.latest ?? {stamp: ''};
		this.#lastGood = saved?.lastGood ?? context.fallbackTime;
	}

	lines(bytes: Buffer): void {
		const scanned = this.#scanner && !this.#unwrapper.waiting ? this.#scan(bytes, this.#scanner) : 0;
		// A line that goes on in the next one wants that whatever it holds.
		eachNominated(
			bytes,
			nominates,
			(buffer, start, end) => {
				this.#line(buffer.toString('utf8', start, end), () => stampBefore(buffer, start));
				return this.#unwrapper.waiting;
			},
			this.#unwrapper.waiting,
			scanned,
		);
	}

	/** Reads lines up to one that goes on in the next. @returns where that begins */
	#scan(bytes: Buffer, line: Scanner): number {
		return line.scan(bytes, scanTable, (kind, start, end) => {
			if (end - start > longestCandidate || (kind === 'read' && this.#isRead(bytes, line))) {
				return true;
			}
			if (kind !== 'wrapped' || mayHoldWords(bytes, start, end)) {
				this.#line(bytes.toString('utf8', start, end), () => stampBefore(bytes, start));
			}
			return !this.#unwrapper.waiting;
		});
	}

	provisional(): readonly Request[] {
		return this.#joiner.provisional();
	}

	/** Of what is left out of a log of many threads, a later repeat of an outcome would count as another request. */
	save(): Saved {
		return {
			version,
			tally: {...this.tally},
			parts: this.#unwrapper.save(),
			latest: {stamp: this.#latest.stamp, time: this.#latest.time},
			lastGood: this.#lastGood,
			...this.#joiner.save(),
		};
	}

	/** Takes what the scanner has read of a line of the logger's own; false where it must be decoded. */
	#isRead(bytes: Buffer, line: Scanner): boolean {
		const event = afterEmoji(bytes, line.event) === line.words ? eventOf(line) : undefined;
		if (!event) {
			return false;
		}
		const at = {time: line.time, stamp: this.#stamps.of(line.time, line.microseconds)};
		this.tally.candidates++;
		this.#latest = at;
		this.#lastGood = at.time;
		// No wrapper names a process.
		this.#joiner.event(event, at, {stream: '', thread: line.thread, run: line.run});
		return true;
	}

	/** @param before finds the time of the nearest line before it that has one */
	#line(line: string, before: () => Stamped | undefined): void {
		this.tally.candidates++;
		const unwrapped = this.#unwrapper.unwrap(line);
		if (unwrapped.kind === 'partial') {
			return;
		}
		if (unwrapped.kind === 'nothing') {
			if (unwrapped.why === 'broken-json') {
				this.tally.brokenJson++;
			} else if (unwrapped.why === 'without-message') {
				this.tally.withoutMessage++;
			} else {
				this.tally.lookAlikes++;
			}
			return;
		}
		const {record, stream} = unwrapped;
		if (record.stamp !== '') {
			this.#latest = record;
		}
		const parsed = parseEvent(record.text);
		const fields = parsed && contextOf(record, parsed.tail);
		if (!parsed || !fields) {
			this.tally.lookAlikes++;
			return;
		}
		if (record.stamp === '') {
			this.tally.untimed++;
			this.#latest = before() ?? this.#latest;
		}
		this.#joiner.event(parsed.event, {time: this.#timeNow(), stamp: record.stamp}, {stream, ...fields});
	}

	#timeNow(): number {
		const {time, stamp} = this.#latest;
		this.#lastGood = time ?? parseStamp(stamp, this.#context.localTime) ?? this.#lastGood;
		return this.#lastGood;
	}
}

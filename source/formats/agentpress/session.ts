import type {Request} from '../../request.js';
import {parseStamp} from '../../time/stamp.js';
import {eachNominated} from '../candidates.js';
import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {Unwrapper} from '../wrappers/unwrap.js';
import {nominates} from './bytes/nominate.js';
import {QuickLine} from './bytes/quick-line.js';
import {contextOf} from './context.js';
import {parseEvent} from './events.js';
import {Joiner} from './joiner.js';
import {asSaved, type Saved, version} from './saved.js';
import {type Stamped, stampBefore} from './stamp-before.js';

/** Reads one log of an AgentPress backend. */
export class AgentPressSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #quickLine = new QuickLine();
	readonly #unwrapper: Unwrapper;
	readonly #joiner: Joiner;
	/** The time of the latest line that had one. Parsed only when it is needed: most lines say nothing. */
	#latest: Stamped;
	#lastGood: number;

	constructor(context: FormatContext, savedBefore?: unknown) {
		const saved = asSaved(savedBefore);
		this.#context = context;
		this.tally = {...emptyTally(), ...saved?.tally};
		this.#unwrapper = new Unwrapper(saved?.parts);
		this.#joiner = new Joiner(context, this.tally, () => this.#latest.stamp, saved);
		this.#latest = saved?.latest ?? {stamp: ''};
		this.#lastGood = saved?.lastGood ?? context.fallbackTime;
	}

	lines(bytes: Buffer): void {
		eachNominated(
			bytes,
			nominates,
			(buffer, start, end) => {
				if (this.#unwrapper.waiting || !this.#quick(buffer, start, end)) {
					this.#line(buffer.toString('utf8', start, end), () => stampBefore(buffer, start));
				}
				return this.#unwrapper.waiting;
			},
			this.#unwrapper.waiting,
		);
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

	/** Reads a line of the logger's own from its bytes; false where it must be decoded. */
	#quick(buffer: Buffer, start: number, end: number): boolean {
		const line = this.#quickLine;
		const event = line.read(buffer, start, end);
		if (!event) {
			return false;
		}
		const at = {time: line.time, stamp: line.stamp};
		this.tally.candidates++;
		this.#latest = at;
		this.#lastGood = at.time;
		this.#joiner.event(event, at, line);
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

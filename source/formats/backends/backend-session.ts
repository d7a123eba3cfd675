import type {Request} from '../../request.js';
import {type Scanner, scanner} from '../../scanner/scanner.js';
import {emptyTally, type FormatContext, type FormatSession, type Sum, type Tally} from '../format.js';
import {isLike} from '../state/saved-state.js';
import {type Around, emptyUnwrapperState, type Unwrapped, Unwrapper} from '../wrappers/unwrap.js';
import {AgentPressReader} from './agentpress/reader.js';
import {asSaved} from './agentpress/saved.js';
import {eachBackendLine, mayTellCall} from './nominate.js';
import {emptyRecordsState, Records} from './records.js';

/** Changed with the shape or meaning of the saved state. */
const version = 1;

const emptyState = () => ({
	version,
	tally: emptyTally(),
	unwrapper: emptyUnwrapperState,
	records: emptyRecordsState,
});

/**
 * Reads a log of a backend. AgentPress's own lines, LiteLLM's payloads, GlitchTip's events and usage in any other
 * wording may be mixed in one file, as in a log of several containers.
 */
export class BackendSession implements FormatSession {
	readonly tally: Tally;
	readonly #agentpress: AgentPressReader;
	readonly #records: Records;
	readonly #unwrapper: Unwrapper;
	readonly #scanner: Scanner | null;

	static open(context: FormatContext, saved?: unknown): BackendSession {
		return new BackendSession(context, saved);
	}

	/** @param lines finds and reads lines; null decodes each line instead, with the same result */
	constructor(context: FormatContext, saved: unknown, lines: Scanner | null = scanner() ?? null) {
		this.#scanner = lines;
		const like = isLike(saved, emptyState()) && saved.version === version ? saved : undefined;
		const agentpress = like && asSaved((like as {readonly agentpress?: unknown}).agentpress);
		const state = agentpress && like;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#agentpress = new AgentPressReader(context, this.tally, agentpress);
		this.#records = new Records(context, this.tally, state?.records);
		this.#unwrapper = new Unwrapper(context.localTime, state?.unwrapper);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#records.restart();
		}
		eachBackendLine(bytes, this.#unwrapper.waiting, this.#scanner, {
			takeKnown: (start, end) => {
				const isKnown = this.#records.takeKnown(bytes, start, end);
				this.tally.candidates += isKnown ? 1 : 0;
				return isKnown;
			},
			take: (start, end, isRead) => {
				this.tally.candidates++;
				if (!(isRead && this.#scanner && this.#agentpress.takeRead(this.#scanner))) {
					this.#line(bytes, start, end);
				}
				return this.#unwrapper.waiting;
			},
		});
	}

	get sums(): readonly Sum[] {
		return this.#records.sums;
	}

	provisional(): readonly Request[] {
		return this.#agentpress.provisional();
	}

	save(): unknown {
		return {
			version,
			tally: {...this.tally},
			unwrapper: this.#unwrapper.state,
			records: this.#records.state,
			agentpress: this.#agentpress.state,
		};
	}

	#line(bytes: Buffer, start: number, end: number): void {
		let outer: Around | undefined;
		let recorded: Around | undefined;
		const isWhole = !this.#unwrapper.waiting;
		const line = bytes.toString('utf8', start, end);
		const mayBeRecord = !isWhole || mayTellCall(line);
		const unwrapped = this.#unwrapper.unwrap(line, (content, around) => {
			const isEvent = this.#agentpress.take(content, around, bytes, start);
			const isRecord = !isEvent && mayBeRecord && this.#records.take(content, around);
			recorded = isRecord && content.kind === 'object' ? around : undefined;
			outer ??= content.kind === 'object' ? around : undefined;
			return isEvent || isRecord;
		});
		if (outer && recorded && isWhole && this.#scanner) {
			this.#records.note(bytes, start, end, {outer, inner: recorded});
		}
		const counted = tallied[unwrapped];
		if (counted) {
			this.tally[counted]++;
		}
	}
}

const tallied: Readonly<Record<Unwrapped, keyof Tally | undefined>> = {
	taken: undefined,
	waiting: undefined,
	'other-text': 'lookAlikes',
	'broken-json': 'brokenJson',
	'without-message': 'withoutMessage',
};

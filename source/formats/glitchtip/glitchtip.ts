import type {Plan, PlanBlock, Request} from '../../request.js';
import {parseStamp} from '../../time/stamp.js';
import {eachCandidate} from '../candidates.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../format.js';
import {asText, parseObject} from '../json/json-line.js';
import {LineClock} from '../line-clock.js';
import {RecentMap} from '../recent-map.js';
import {isLike} from '../saved-state.js';
import {holdsObject} from '../usage-lines/holds-object.js';
import {type CacheEvent, messagePrefix, readEvent, tellsCall} from './event.js';

const needles = ['"cache_metrics"'];
/** So many events are remembered, so that one that is read twice is counted once. */
const mostSeen = 200;
/** The backend leaves a system prompt of fewer tokens unmarked. */
const smallestSystem = 1024;
/** An API allows four. */
const mostBlocks = 64;

/** Requests that were told by events carry this before the id of the event. */
export const eventIdPrefix = 'glitchtip:';

const count = (value: unknown): number | undefined =>
	typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= 1e9 ? value : undefined;

/**
 * What the event says was marked. How the conversation was cut into blocks is not in it: of several blocks the tokens
 * are not known. Its "hit rate" is marked blocks by messages and says nothing of hits: it is not read.
 */
const planOf = ({metrics}: CacheEvent): Plan | undefined => {
	const blocks = count(metrics.blocks_used);
	const system = count(metrics.system_tokens);
	if (blocks === undefined || blocks > mostBlocks || system === undefined) {
		return undefined;
	}
	const isSystemMarked = blocks > 0 && system >= smallestSystem;
	const inConversation = isSystemMarked ? blocks - 1 : blocks;
	const tokens = inConversation === 1 ? count(metrics.conversation_tokens) : undefined;
	return {
		blocks: [
			...(isSystemMarked ? [{number: 1, tokens: system, reused: false}] : []),
			...Array.from({length: inConversation}, (_, index): PlanBlock => ({number: index + 2, tokens, reused: false})),
		],
		skipped: system > 0 && system < smallestSystem ? [{part: 'system', tokens: system}] : [],
		unsupported: false,
	};
};

const emptyState = () => ({version: 1, tally: emptyTally(), time: 0, seen: ['']});

class GlitchTipSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	readonly #clock: LineClock;
	readonly #seen: RecentMap<true>;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 1 ? saved : undefined;
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#clock = new LineClock(context, this.tally, state?.time);
		this.#seen = new RecentMap(
			mostSeen,
			state?.seen.map(id => [id, true]),
		);
	}

	lines(bytes: Buffer): void {
		eachCandidate(bytes, needleBytes, (line, start, end) => {
			this.tally.candidates++;
			this.#line(line.toString('utf8', start, end));
			return false;
		});
	}

	/** An event is whole in itself. */
	provisional(): readonly Request[] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 1,
			tally: {...this.tally},
			time: this.#clock.last,
			seen: this.#seen.entries().map(([id]) => id),
		};
	}

	#line(text: string): void {
		const object = parseObject(text);
		const event = readEvent(object);
		const plan = event && tellsCall(event) ? planOf(event) : undefined;
		if (!event || !plan) {
			this.tally[object ? 'lookAlikes' : 'brokenJson']++;
			return;
		}
		this.tally[this.#seen.get(event.id) ? 'repeats' : 'plans']++;
		this.#seen.set(event.id, true);
		const {localTime, source, onRequest} = this.#context;
		const time = [event.created, event.received]
			.map(stamp => parseStamp(stamp ?? '', localTime))
			.find(known => known !== undefined);
		onRequest({
			id: `${eventIdPrefix}${event.id}`,
			time: this.#clock.advance(time),
			thread: undefined,
			project: undefined,
			source,
			host: event.host,
			model: asText(event.metrics.model),
			plan,
			usage: undefined,
			missReason: undefined,
			rebuilt: false,
		});
	}
}

const needleBytes = needles.map(needle => Buffer.from(needle));

/** The events that the backend sends to GlitchTip for each call, one a line: a plan without its outcome. */
export const glitchtip: Format = {
	name: 'glitchtip',
	title: 'GlitchTip events',
	recognise: head =>
		holdsObject(head, [messagePrefix], value => {
			const event = readEvent(value);
			return event !== undefined && tellsCall(event);
		}),
	open: (context, saved) => new GlitchTipSession(context, saved),
};

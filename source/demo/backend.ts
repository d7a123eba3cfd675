import {type Conversation, createSystemPrompts, defaultThreshold} from './conversation.js';
import {modelRules} from './model-rules.js';
import {createPrefixCache} from './prefix-cache.js';
import {createRandom, type Random} from './random.js';
import {factsOf, type RequestFacts} from './request-facts.js';
import {type ServedCall, serveCall} from './serve-call.js';
import {type Generation, generation20251016} from './writing/generation.js';
import type {LogLevel, LogRecord} from './writing/log-record.js';
import {noise} from './writing/noise.js';
import {createScript, type Script} from './writing/script.js';

/** Amount, period and kind of the simulated traffic. */
export type BackendOptions = {
	readonly seed: number;
	/** Start in epoch milliseconds. */
	readonly start: number;
	/** No call starts at or after this time; calls in progress are finished. Never ends without `end` and `limit`. */
	readonly end?: number;
	/** Maximum number of calls. */
	readonly limit?: number;
	/** Mean rate of calls over all threads. */
	readonly requestsPerSecond: number;
	/** Maximum number of concurrent conversations. */
	readonly threads?: number;
	readonly generation?: Generation;
	/** Lower levels are not logged. */
	readonly level?: LogLevel;
	/** Number of unrelated lines per call, including look-alikes. */
	readonly noise?: number;
	/** True if the backend bills its users; local ones do not. */
	readonly billed?: boolean;
	/** Period (epoch milliseconds) during which a faulty deploy adds the time of each call to the system prompt. */
	readonly stamped?: {readonly from: number; readonly to: number} | undefined;
};

/** A portion of the log. */
type Step = {
	/** Epoch milliseconds; no later step has an earlier record. */
	readonly until: number;
	/** In the order of the log, in which threads interleave. */
	readonly records: readonly LogRecord[];
	/** The calls that end with these records. */
	readonly requests: readonly RequestFacts[];
};

const second = 1_000_000;

/** Mean microseconds between the calls of a conversation, if the rate allows it. */
const conversationGap = 28 * second;
const pause = {probability: 0.045, mean: 480 * second};
const meanCalls = 17;

type Slot = {
	/** Microseconds since the epoch. */
	next: number;
	conversation: Conversation | undefined;
};

type Pending = {
	readonly at: number;
	readonly record: LogRecord;
	readonly facts: RequestFacts | undefined;
};

const microsecondsOf = (record: LogRecord) => record.time * 1000 + record.microseconds;

/** Traffic of office hours: below 1 at night and above 1 by day, in UTC. */
const activity = (microseconds: number) => {
	const hour = (microseconds / 3_600_000_000) % 24;
	return 1 + 0.65 * Math.sin(((hour - 8) / 24) * 2 * Math.PI);
};

/**
 * Simulates a backend that serves conversations and logs them; the same options give the same log, byte for byte. Cache
 * reads and writes follow the rules of real caches: lifetimes, minimum sizes, longest valid prefix.
 */
export function* simulateBackend(options: BackendOptions): Generator<Step, void, undefined> {
	const {
		threads = 8,
		level = 'debug',
		noise: noiseDensity = 0,
		billed = false,
		generation = generation20251016,
	} = options;
	const random = createRandom(options.seed);
	const cache = createPrefixCache();
	const systems = createSystemPrompts();
	const end = (options.end ?? Number.POSITIVE_INFINITY) * 1000;
	const gapPerThread = (threads / options.requestsPerSecond) * second;
	const gap = Math.min(gapPerThread, conversationGap);
	const idle = meanCalls * (gapPerThread - gap);
	const pauseProbability = (pause.probability * gap) / conversationGap;
	const shortGap = (gap - pauseProbability * pause.mean) / (1 - pauseProbability);
	const latency = Math.min(2.5 * second, gapPerThread * 0.3);

	const slots: Slot[] = Array.from({length: threads}, () => ({
		next: Math.round(options.start * 1000 + random.next() * (gap + idle)),
		conversation: undefined,
	}));

	const open = (): Conversation => {
		const system = random.next() < 0.85 ? random.pick(systems.slice(0, 2)) : random.pick(systems);
		return {
			thread: random.uuid(),
			user: random.uuid(),
			system,
			run: random.uuid(),
			requestId: random.uuid(),
			// The first model is used most.
			model: random.chance(0.55) ? (generation.models[0] as string) : random.pick(generation.models),
			messages: [],
			epoch: 0,
			threshold: defaultThreshold(0),
			thresholdTurn: undefined,
			stored: undefined,
			turn: 0,
			iteration: 1,
			callsLeft: 3 + Math.min(60, Math.round(random.exponential(meanCalls - 3))),
			lastCall: undefined,
			lastModel: undefined,
			lastSystemVersion: system.version,
			lastMarked: undefined,
			lastPromptTokens: 0,
		};
	};

	const disturb = (conversation: Conversation) => {
		if (random.chance(0.004)) {
			random.pick(systems).version++;
		}

		if (conversation.turn > 0 && modelRules(conversation.model).marked && random.chance(0.012)) {
			const others = generation.models.filter(model => model !== conversation.model && modelRules(model).marked);
			conversation.model = others.length === 0 ? conversation.model : random.pick(others);
		}
	};

	let pending: Pending[] = [];
	const flush = (until: number): Step => {
		pending.sort((a, b) => a.at - b.at);
		const cut = pending.findIndex(({at}) => at > until);
		const done = cut === -1 ? pending : pending.slice(0, cut);
		pending = cut === -1 ? [] : pending.slice(cut);
		return {
			until: Math.floor(until / 1000),
			records: done.map(({record}) => record),
			requests: done.flatMap(({facts}) => (facts === undefined ? [] : [facts])),
		};
	};

	const enqueue = (script: Script, served: ServedCall, start: number) => {
		const last = script.outcome()?.event ?? script.lastPlanned();
		for (const record of script.events) {
			const facts = record === last ? factsOf(script, served, generation, record.time) : undefined;
			pending.push({at: microsecondsOf(record), record, facts});
		}

		for (const record of noise(random, {from: start, to: script.now(), count: noiseDensity, level})) {
			pending.push({at: microsecondsOf(record), record, facts: undefined});
		}
	};

	for (let calls = 0; calls < (options.limit ?? Number.POSITIVE_INFINITY); calls++) {
		const slot = slots.reduce((first, other) => (other.next < first.next ? other : first));
		const start = slot.next;
		if (start >= end) {
			break;
		}

		yield flush(start - 1);
		slot.conversation ??= open();
		const {conversation} = slot;
		disturb(conversation);
		if (options.stamped && isWithin(start / 1000, options.stamped)) {
			conversation.system.version++;
		}
		const dryRun = conversation.turn === 0 || (conversation.iteration === 1 && random.chance(0.3));
		const served = serveCall(conversation, {generation, cache, random, now: start, latency, billed, dryRun});
		const script = createScript({start, level, random, context: contextOf(conversation)});
		generation.write(script, served.call);
		enqueue(script, served, start);

		conversation.iteration++;
		conversation.callsLeft--;
		slot.next = script.now() + Math.round(random.exponential(Math.max(shortGap, 1)));
		if (conversation.callsLeft <= 0) {
			slot.conversation = undefined;
			slot.next += Math.round(random.exponential(idle) / activity(start));
		} else if (random.chance(pauseProbability)) {
			slot.next += Math.round(random.exponential(pause.mean));
			newRun(conversation, random);
		}
	}

	yield flush(pending.reduce((last, {at}) => Math.max(last, at), 0));
}

const isWithin = (time: number, {from, to}: {readonly from: number; readonly to: number}): boolean =>
	time >= from && time < to;

const contextOf = ({thread, run, requestId}: Conversation) => ({
	agent_run_id: run,
	request_id: requestId,
	thread_id: thread,
});

const newRun = (conversation: Conversation, random: Random) => {
	conversation.run = random.uuid();
	conversation.requestId = random.uuid();
	conversation.iteration = 1;
};

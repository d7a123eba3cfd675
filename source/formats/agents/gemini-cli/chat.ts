import type {Request} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import {parseStamp} from '../../../time/stamp.js';
import type {FormatContext, Tally} from '../../format.js';
import {type JsonObject, textOf} from '../../json/json-values.js';
import {folderOf} from '../../records/path.js';
import {RecentMap} from '../../state/recent-map.js';
import {emptyThreadEvents, ThreadEvents} from '../../state/thread-events.js';
import {LineClock} from '../../times/line-clock.js';
import {type Answer, toUsage} from './gemini-answer.js';
import {fileOf, identityOf} from './identity.js';

/**
 * Maximum number of messages remembered. All answers of a document with more of them are reported again whenever it is
 * rewritten: their requests stay the same, but the tally counts them twice.
 */
const mostKnown = 256;

/** What is known of a message: its tokens as text, and what preceded it. */
type Known = readonly [told: string, call: Pick<Request, 'start' | 'events'>];

/** A chat has a single thread. */
const thread = '';

/** The state of a chat before its first line. */
export const emptyChat = {
	time: 0,
	known: [['', ['', {}]]] as readonly (readonly [string, Known])[],
	events: emptyThreadEvents,
	session: '',
	isSubagent: false,
	project: '',
	model: '',
};

/** A chat: what is known of its session, and its answers, of which it makes requests. */
export class Chat {
	readonly #context: FormatContext;
	readonly #tally: Tally;
	/** A message is rewritten whenever a tool that it called makes progress. */
	readonly #known: RecentMap<Known>;
	#events: ThreadEvents;
	#session: string;
	/** True for the chat of a sub-agent, which is in a folder named after its parent's session. */
	#isSubagent: boolean;
	#project: string;
	/** The session's model, for answers that name none. */
	#model: string;
	readonly #clock: LineClock;

	constructor(context: FormatContext, tally: Tally, state: typeof emptyChat | undefined) {
		this.#context = context;
		this.#tally = tally;
		this.#known = new RecentMap(mostKnown, state?.known);
		this.#events = new ThreadEvents(state?.events);
		this.#session = state?.session ?? '';
		this.#isSubagent = state?.isSubagent ?? false;
		this.#project = state?.project ?? '';
		this.#model = state?.model ?? '';
		this.#clock = new LineClock(context, tally, state?.time);
	}

	get state(): typeof emptyChat {
		return {
			time: this.#clock.last,
			known: this.#known.entries(),
			events: this.#events.entries(),
			session: this.#session,
			isSubagent: this.#isSubagent,
			project: this.#project,
			model: this.#model,
		};
	}

	/** True if it has had answers. */
	get hasAnswers(): boolean {
		return this.#known.size > 0;
	}

	/** The file begins anew; answers that it repeats stay known. */
	restart(): void {
		this.#events = new ThreadEvents();
		this.#isSubagent = false;
		this.#model = '';
	}

	/** Notes something that happened before the next answer, in words for the user. */
	event(words: string): void {
		this.#events.add(thread, words);
	}

	/** Notes a message that the next answer responds to. @param stamp undefined for any other message */
	question(stamp: string | undefined): void {
		if (stamp !== undefined) {
			this.event('new turn');
			const time = parseStamp(stamp, this.#context.localTime);
			if (time !== undefined) {
				this.#events.input(thread, time);
			}
		}
	}

	/** Notes what is told of the session; what is not told stays as it was. */
	metadata(metadata: JsonObject): void {
		this.#session = boundName(textOf(metadata.sessionId)) ?? this.#session;
		this.#isSubagent ||= metadata.kind === 'subagent';
		this.#project = boundName(textOf(metadata.projectHash)) ?? this.#project;
		this.#model = boundName(textOf(metadata.model)) ?? this.#model;
	}

	/** True if an answer has been reported. */
	knows({id}: Answer): boolean {
		return this.#known.get(boundName(id) ?? '') !== undefined;
	}

	/** Reports an answer, unless it repeats one. */
	answer(answer: Answer | undefined): void {
		if (!answer) {
			return;
		}
		const usage = toUsage(answer.tokens);
		if (usage.uncached + usage.cacheRead + usage.output === 0) {
			this.#tally.lookAlikes++;
			return;
		}
		const name = boundName(answer.id) ?? '';
		const told = `${usage.uncached} ${usage.cacheRead} ${usage.output}`;
		const before = this.#known.get(name);
		// What precedes this answer does not precede a later one, even if this one is a repeat.
		const asked = this.#events.takeInput(thread);
		const events = this.#events.take(thread);
		if (before === undefined) {
			this.#tally.outcomes++;
		} else {
			this.#tally.repeats++;
		}
		if (before?.[0] === told) {
			this.#known.set(name, before);
			return;
		}
		const time = this.#clock.read(answer.timestamp);
		const call = before?.[1] ?? {
			...(asked !== undefined && asked <= time && {start: asked}),
			...(events && {events}),
		};
		this.#known.set(name, [told, call]);
		const parent = this.#isSubagent ? folderOf(this.#context.source) : undefined;
		this.#context.onRequest({
			id: `gemini-cli:${identityOf(name, this.#session || fileOf(this.#context.source))}`,
			time,
			...call,
			thread: parent ?? (this.#session || undefined),
			agent: this.#isSubagent ? 'subagent' : 'main',
			...(this.#isSubagent && {agentId: this.#session}),
			project: this.#project || undefined,
			source: this.#context.source,
			host: undefined,
			model: answer.model ?? (this.#model || undefined),
			plan: undefined,
			usage,
			missReason: undefined,
			rebuilt: false,
		});
	}
}

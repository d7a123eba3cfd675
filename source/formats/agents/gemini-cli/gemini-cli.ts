import type {Request} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import {parseStamp} from '../../../time/stamp.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {longestLine, parseObject} from '../../json/json-line.js';
import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {type DocumentState, documentBeginning, PrettyDocument} from '../../json/pretty-document.js';
import {folderOf} from '../../records/path.js';
import {RecentMap} from '../../state/recent-map.js';
import {isLike} from '../../state/saved-state.js';
import {emptyThreadEvents, ThreadEvents} from '../../state/thread-events.js';
import {LineClock} from '../../times/line-clock.js';
import {
	type Answer,
	batch,
	change,
	id,
	kind,
	projectHash,
	questionIn,
	rewind,
	sessionId,
	skimmedAnswer,
	skimmedQuestion,
	skimmer,
	toAnswer,
	toUsage,
} from './gemini-answer.js';
import {fileOf, identityOf} from './identity.js';
import {recogniseGeminiCli} from './recognise.js';

/**
 * Maximum number of messages remembered. All answers of a document with more of them are reported again whenever it is
 * rewritten: their requests stay the same, but the tally counts them twice.
 */
const mostKnown = 256;

const newline = 0x0a;

/** What is known of a message: its tokens as text, and what preceded it. */
type Known = readonly [told: string, call: Pick<Request, 'start' | 'events'>];

/** A chat has a single thread. */
const thread = '';

const emptyState = () => ({
	version: 2,
	tally: emptyTally(),
	time: 0,
	known: [['', ['', {}]]] as readonly (readonly [string, Known])[],
	events: emptyThreadEvents,
	session: '',
	isSubagent: false,
	project: '',
	model: '',
	/** The document being read, if any. */
	document: [documentBeginning] as readonly DocumentState[],
});

class GeminiCliSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	/** A message is rewritten whenever a tool that it called makes progress. */
	readonly #known: RecentMap<Known>;
	#events: ThreadEvents;
	#document: PrettyDocument | undefined;
	#session: string;
	/** True for the chat of a sub-agent, which is in a folder named after its parent's session. */
	#isSubagent: boolean;
	#project: string;
	/** The session's model, for answers that name none. */
	#model: string;
	readonly #clock: LineClock;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 2 ? saved : undefined;
		const document = state?.document[0];
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#known = new RecentMap(mostKnown, state?.known);
		this.#document = document && new PrettyDocument(document);
		this.#events = new ThreadEvents(state?.events);
		this.#session = state?.session ?? '';
		this.#isSubagent = state?.isSubagent ?? false;
		this.#project = state?.project ?? '';
		this.#model = state?.model ?? '';
		this.#clock = new LineClock(context, this.tally, state?.time);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#document = undefined;
			this.#events = new ThreadEvents();
			this.#isSubagent = false;
			this.#model = '';
		}
		for (let start = 0; start < bytes.length; ) {
			const found = bytes.indexOf(newline, start);
			const end = found < 0 ? bytes.length : found;
			this.#line(bytes, start, end);
			start = end + 1;
		}
	}

	/** All messages of the document read so far have been delivered, so a partly written one loses nothing. */
	provisional(): readonly [] {
		return [];
	}

	save(): ReturnType<typeof emptyState> {
		return {
			version: 2,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			events: this.#events.entries(),
			session: this.#session,
			isSubagent: this.#isSubagent,
			project: this.#project,
			model: this.#model,
			document: this.#document ? [this.#document.state] : [],
		};
	}

	#line(bytes: Buffer, start: number, end: number): void {
		if (end - start <= 2 && bytes.toString('latin1', start, end).trimEnd() === '{') {
			this.#document = new PrettyDocument(documentBeginning);
		} else if (this.#document) {
			this.#documentLine(this.#document, bytes, start, end);
		} else if (end - start <= longestLine && end > start) {
			this.#record(bytes, start, end);
		}
	}

	#documentLine(document: PrettyDocument, bytes: Buffer, start: number, end: number): void {
		const found = document.line(bytes, start, end);
		switch (found?.kind) {
			case 'field':
				this.#metadata({[found.name]: found.value});
				break;
			case 'message': {
				this.tally.candidates++;
				const message = parseObject(found.text);
				if (message) {
					this.#question(questionIn(message));
					this.#answer(toAnswer(message));
				} else {
					this.tally.brokenJson++;
				}
				break;
			}
			case 'too-long':
				this.tally.candidates++;
				this.tally.brokenJson++;
				break;
			case 'end':
				this.#document = undefined;
				break;
		}
	}

	/** A message, or metadata of the session, which may include messages. */
	#record(bytes: Buffer, start: number, end: number): void {
		const skimmed = skimmer.read(bytes, start, end);
		if (skimmed === 'broken') {
			this.tally.candidates++;
			this.tally.brokenJson++;
		}
		if (skimmed !== 'object') {
			return;
		}
		if (id.text !== undefined) {
			const answer = skimmedAnswer();
			this.tally.candidates += answer ? 1 : 0;
			this.#question(skimmedQuestion());
			this.#answer(answer);
		} else if (change.isObject || batch.exists) {
			this.tally.candidates++;
			this.#batch(parseObject(bytes.toString('utf8', start, end)) ?? {});
		} else if (rewind.exists) {
			this.#events.add(thread, 'rewind');
		} else if (sessionId.exists) {
			this.tally.candidates++;
			this.#metadata({sessionId: sessionId.text, projectHash: projectHash.text, kind: kind.text});
		}
	}

	/** Notes a message that the next answer responds to. @param stamp undefined for any other message */
	#question(stamp: string | undefined): void {
		if (stamp !== undefined) {
			this.#events.add(thread, 'new turn');
			const time = parseStamp(stamp, this.#context.localTime);
			if (time !== undefined) {
				this.#events.input(thread, time);
			}
		}
	}

	#batch(value: JsonObject): void {
		const changed = objectOf(value.$set);
		const metadata = changed ?? value;
		const messages = Array.isArray(metadata.messages) ? metadata.messages.map(one => objectOf(one) ?? {}) : undefined;
		this.#metadata(metadata);
		if (changed) {
			this.#change(changed, messages);
			return;
		}
		for (const message of messages ?? []) {
			this.#question(questionIn(message));
			this.#answer(toAnswer(message));
		}
	}

	/** A change of the session, which may repeat all its messages. */
	#change(changed: JsonObject, messages: readonly JsonObject[] | undefined): void {
		const isLater = this.#known.size > 0;
		for (const answer of messages?.map(toAnswer) ?? []) {
			if (answer && this.#known.get(boundName(answer.id) ?? '') === undefined) {
				this.#answer(answer);
			}
		}
		if (isLater && messages) {
			// The program compressed its history, or hid results of tools in it.
			this.#events.add(thread, 'history rewritten');
		} else if (isLater && Object.keys(changed).join() === 'sessionId') {
			this.#events.add(thread, 'resume');
		}
	}

	#metadata(metadata: JsonObject): void {
		this.#session = boundName(textOf(metadata.sessionId)) ?? this.#session;
		this.#isSubagent ||= metadata.kind === 'subagent';
		this.#project = boundName(textOf(metadata.projectHash)) ?? this.#project;
		this.#model = boundName(textOf(metadata.model)) ?? this.#model;
	}

	#answer(answer: Answer | undefined): void {
		if (!answer) {
			return;
		}
		const usage = toUsage(answer.tokens);
		if (usage.uncached + usage.cacheRead + usage.output === 0) {
			this.tally.lookAlikes++;
			return;
		}
		const name = boundName(answer.id) ?? '';
		const told = `${usage.uncached} ${usage.cacheRead} ${usage.output}`;
		const before = this.#known.get(name);
		// What precedes this answer does not precede a later one, even if this one is a repeat.
		const asked = this.#events.takeInput(thread);
		const events = this.#events.take(thread);
		if (before === undefined) {
			this.tally.outcomes++;
		} else {
			this.tally.repeats++;
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

/**
 * Chats of Gemini CLI: `tmp/<project>/chats/session-*.json`, one document each, and later `.jsonl`, one record per
 * line.
 */
export const geminiCli: Format = {
	name: 'gemini-cli',
	title: 'Gemini CLI chat',
	recognise: recogniseGeminiCli,
	open: (context, saved) => new GeminiCliSession(context, saved),
};

import type {Usage} from '../../../request.js';
import {boundName} from '../../../text/bound-names.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {longestLine, parseObject} from '../../json/json-line.js';
import {type JsonObject, objectOf, textOf} from '../../json/json-values.js';
import {type DocumentState, documentBeginning, PrettyDocument} from '../../json/pretty-document.js';
import {usageOfParts} from '../../records/counts.js';
import {namesOf} from '../../records/path.js';
import {RecentMap} from '../../state/recent-map.js';
import {isLike} from '../../state/saved-state.js';
import {LineClock} from '../../times/line-clock.js';
import {
	type Answer,
	batch,
	change,
	id,
	projectHash,
	sessionId,
	skimmedAnswer,
	skimmer,
	type Tokens,
	toAnswer,
} from './gemini-answer.js';
import {recogniseGeminiCli} from './recognise.js';

/**
 * Maximum number of messages remembered. All answers of a document with more of them are reported again whenever it is
 * rewritten: their requests stay the same, but the tally counts them twice.
 */
const mostKnown = 256;

const newline = 0x0a;

const toUsage = ({input, output, cached, thoughts, tool}: Tokens): Usage =>
	usageOfParts({
		// An invalid count of read tokens is not subtracted from the prompt.
		input: Math.max(0, input - (Number.isNaN(cached) ? 0 : cached)) + tool,
		read: cached,
		written: undefined,
		output: output + thoughts,
	});

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The identity of a message, equal in every copy. Its id is a UUID (google-gemini/gemini-cli,
 * packages/core/src/services/ chatRecordingService.ts) and is kept when its session is resumed, renamed, or rewritten
 * as `.jsonl`. Other programs write such files with ids that are unique only within their session or file, such as
 * `msg-001`.
 */
const identityOf = (id: string, session: string): string => (uuid.test(id) ? id : `${session}:${id}`);

/** Name of a log without its extension: `session-1` for `chats/session-1.jsonl`. */
const fileOf = (source: string): string => (namesOf(source)[0] as string).replace(/\.jsonl?$/, '');

const emptyState = () => ({
	version: 1,
	tally: emptyTally(),
	time: 0,
	known: [['', '']] as readonly (readonly [string, string])[],
	session: '',
	project: '',
	model: '',
	/** The document being read, if any. */
	document: [documentBeginning] as readonly DocumentState[],
});

class GeminiCliSession implements FormatSession {
	readonly tally: Tally;
	readonly #context: FormatContext;
	/** Tokens by message, as text: a message is rewritten whenever a tool that it called makes progress. */
	readonly #known: RecentMap<string>;
	#document: PrettyDocument | undefined;
	#session: string;
	#project: string;
	/** The session's model, for answers that name none. */
	#model: string;
	readonly #clock: LineClock;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === 1 ? saved : undefined;
		const document = state?.document[0];
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#context = context;
		this.#known = new RecentMap(mostKnown, state?.known);
		this.#document = document && new PrettyDocument(document);
		this.#session = state?.session ?? '';
		this.#project = state?.project ?? '';
		this.#model = state?.model ?? '';
		this.#clock = new LineClock(context, this.tally, state?.time);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#document = undefined;
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
			version: 1,
			tally: {...this.tally},
			time: this.#clock.last,
			known: this.#known.entries(),
			session: this.#session,
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
			this.#answer(answer);
		} else if (change.isObject || batch.exists) {
			this.tally.candidates++;
			this.#batch(parseObject(bytes.toString('utf8', start, end)) ?? {});
		} else if (sessionId.exists) {
			this.tally.candidates++;
			this.#metadata({sessionId: sessionId.text, projectHash: projectHash.text});
		}
	}

	#batch(value: JsonObject): void {
		const metadata = objectOf(value.$set) ?? value;
		this.#metadata(metadata);
		if (Array.isArray(metadata.messages)) {
			for (const message of metadata.messages) {
				this.#answer(toAnswer(objectOf(message) ?? {}));
			}
		}
	}

	#metadata(metadata: JsonObject): void {
		this.#session = boundName(textOf(metadata.sessionId)) ?? this.#session;
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
		if (before === undefined) {
			this.tally.outcomes++;
		} else {
			this.tally.repeats++;
		}
		this.#known.set(name, told);
		if (before === told) {
			return;
		}
		this.#context.onRequest({
			id: `gemini-cli:${identityOf(name, this.#session || fileOf(this.#context.source))}`,
			time: this.#clock.read(answer.timestamp),
			thread: this.#session || undefined,
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

import type {Usage} from '../request.js';
import {emptyTally, type Format, type FormatContext, type FormatSession, type Tally} from './format.js';
import {asCount, asObject, asText, type JsonObject, longestLine, looksLike, parseObject} from './json-line.js';
import {LineClock} from './line-clock.js';
import {PrettyDocument} from './pretty-document.js';
import {RecentMap} from './recent-map.js';

/** What a record line about requests holds one of. */
const needles = ['"tokens"', '"sessionId"'].map(text => Buffer.from(text));
const newline = 0x0a;

/** The prompt holds what was read from the cache; what tools added to it and the thoughts are counted apart. */
const toUsage = (tokens: JsonObject): Usage => {
	const cached = asCount(tokens.cached);
	return {
		uncached: Math.max(0, asCount(tokens.input) - cached) + asCount(tokens.tool),
		cacheRead: cached,
		cacheWrite5m: 0,
		cacheWrite1h: 0,
		output: asCount(tokens.output) + asCount(tokens.thoughts),
		accuracy: 'exact',
	};
};

const isZero = ({uncached, cacheRead, output}: Usage): boolean => uncached + cacheRead + output === 0;

class GeminiCliSession implements FormatSession {
	readonly tally: Tally = emptyTally();
	readonly #context: FormatContext;
	/** Usage by message, as text: a message is written again whenever a tool it called goes on. */
	readonly #known = new RecentMap<string>();
	#document: PrettyDocument | undefined;
	#session: string | undefined;
	#project: string | undefined;
	readonly #clock: LineClock;

	constructor(context: FormatContext) {
		this.#context = context;
		this.#clock = new LineClock(context, this.tally);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#document = undefined;
		}
		for (let start = 0; start < bytes.length; ) {
			const found = bytes.indexOf(newline, start);
			const end = found < 0 ? bytes.length : found;
			this.#line(bytes, start, end);
			start = end + 1;
		}
	}

	/** All messages of the document read so far were handed over, so a half-written one loses nothing. */
	provisional(): readonly [] {
		return [];
	}

	#line(bytes: Buffer, start: number, end: number): void {
		if (end - start <= 2 && bytes.toString('latin1', start, end).trimEnd() === '{') {
			this.#document = new PrettyDocument();
		} else if (this.#document) {
			this.#documentLine(this.#document, bytes.toString('utf8', start, end));
		} else if (end - start <= longestLine && needles.some(needle => bytes.subarray(start, end).includes(needle))) {
			this.tally.candidates++;
			this.#parsed(bytes.toString('utf8', start, end));
		}
	}

	#documentLine(document: PrettyDocument, line: string): void {
		const found = document.line(line);
		switch (found?.kind) {
			case 'field':
				this.#metadata({[found.name]: found.value});
				break;
			case 'message':
				this.tally.candidates++;
				this.#parsed(found.text);
				break;
			case 'too-long':
				this.tally.candidates++;
				this.tally.brokenJson++;
				break;
			case 'end':
				this.#document = undefined;
				break;
		}
	}

	#parsed(text: string): void {
		const value = parseObject(text);
		if (value) {
			this.#record(value);
		} else {
			this.tally.brokenJson++;
		}
	}

	/** A message, or what is known of the session, which may bring messages along. */
	#record(value: JsonObject): void {
		if (typeof value.id === 'string') {
			this.#message(value);
			return;
		}
		const metadata = asObject(value.$set) ?? value;
		this.#metadata(metadata);
		if (Array.isArray(metadata.messages)) {
			for (const message of metadata.messages) {
				this.#message(asObject(message) ?? {});
			}
		}
	}

	#metadata(metadata: JsonObject): void {
		this.#session = asText(metadata.sessionId) ?? this.#session;
		this.#project = asText(metadata.projectHash) ?? this.#project;
	}

	#message(message: JsonObject): void {
		const id = asText(message.id);
		const tokens = asObject(message.tokens);
		if (id === undefined || message.type !== 'gemini' || !tokens) {
			return;
		}
		const usage = toUsage(tokens);
		if (isZero(usage)) {
			this.tally.lookAlikes++;
			return;
		}
		const text = JSON.stringify(usage);
		const before = this.#known.get(id);
		if (before === undefined) {
			this.tally.outcomes++;
		} else {
			this.tally.repeats++;
		}
		if (before === text) {
			return;
		}
		this.#known.set(id, text);
		this.#context.onRequest({
			// A session that is resumed keeps its messages, and may get another name.
			id: `gemini-cli:${id}`,
			time: this.#clock.read(message.timestamp),
			thread: this.#session,
			project: this.#project,
			source: this.#context.source,
			host: undefined,
			model: asText(message.model),
			plan: undefined,
			usage,
			missReason: undefined,
			rebuilt: false,
		});
	}
}

const isSession = (value: JsonObject): boolean =>
	typeof value.sessionId === 'string' && typeof value.projectHash === 'string';

/** A document that is spread over lines, and begins with the names of its session and project. */
const isDocument = (head: Buffer): boolean => {
	const text = head.toString('utf8', 0, 4096);
	return /^\{\r?\n\s+"/.test(text) && /^\s+"sessionId": "/m.test(text) && /^\s+"projectHash": "/m.test(text);
};

/** Chats of Gemini CLI: `tmp/<project>/chats/session-*.json`, one document each, and later `.jsonl`, a record a line. */
export const geminiCli: Format = {
	name: 'gemini-cli',
	title: 'Gemini CLI chat',
	recognise: head =>
		isDocument(head) ||
		looksLike(head, line => {
			const isAnswer = line.type === 'gemini' && typeof line.id === 'string' && typeof line.timestamp === 'string';
			const isOther = '$set' in line || '$rewindTo' in line || typeof line.id === 'string';
			return isSession(line) || isAnswer ? 'own' : isOther ? 'neutral' : 'foreign';
		}),
	open: context => new GeminiCliSession(context),
};

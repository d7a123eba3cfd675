import {emptyTally, type FormatContext, type FormatSession, type Tally} from '../../format.js';
import {longestLine, parseObject} from '../../json/json-line.js';
import {type JsonObject, objectOf} from '../../json/json-values.js';
import {type DocumentState, documentBeginning, PrettyDocument} from '../../json/pretty-document.js';
import {isLike} from '../../state/saved-state.js';
import {Chat, emptyChat} from './chat.js';
import {
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
} from './gemini-answer.js';

/** Changed with the shape or meaning of the saved state. */
const version = 2;

const newline = 0x0a;

const emptyState = () => ({
	version,
	tally: emptyTally(),
	...emptyChat,
	/** The document being read, if any. */
	document: [documentBeginning] as readonly DocumentState[],
});

/** Reads a chat: one document that is rewritten, or a record per line. */
export class GeminiCliSession implements FormatSession {
	readonly tally: Tally;
	readonly #chat: Chat;
	#document: PrettyDocument | undefined;

	constructor(context: FormatContext, saved: unknown) {
		const state = isLike(saved, emptyState()) && saved.version === version ? saved : undefined;
		const document = state?.document[0];
		this.tally = {...(state?.tally ?? emptyTally())};
		this.#chat = new Chat(context, this.tally, state);
		this.#document = document && new PrettyDocument(document);
	}

	lines(bytes: Buffer, head: boolean): void {
		if (head) {
			this.#document = undefined;
			this.#chat.restart();
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
		const document = this.#document ? [this.#document.state] : [];
		return {version, tally: {...this.tally}, ...this.#chat.state, document};
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
				this.#chat.metadata({[found.name]: found.value});
				break;
			case 'message': {
				this.tally.candidates++;
				const message = parseObject(found.text);
				if (message) {
					this.#chat.question(questionIn(message));
					this.#chat.answer(toAnswer(message));
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
			this.#chat.question(skimmedQuestion());
			this.#chat.answer(answer);
		} else if (change.isObject || batch.exists) {
			this.tally.candidates++;
			this.#batch(parseObject(bytes.toString('utf8', start, end)) ?? {});
		} else if (rewind.exists) {
			this.#chat.event('rewind');
		} else if (sessionId.exists) {
			this.tally.candidates++;
			this.#chat.metadata({sessionId: sessionId.text, projectHash: projectHash.text, kind: kind.text});
		}
	}

	#batch(value: JsonObject): void {
		const changed = objectOf(value.$set);
		const metadata = changed ?? value;
		const messages = Array.isArray(metadata.messages) ? metadata.messages.map(one => objectOf(one) ?? {}) : undefined;
		this.#chat.metadata(metadata);
		if (changed) {
			this.#change(changed, messages);
			return;
		}
		for (const message of messages ?? []) {
			this.#chat.question(questionIn(message));
			this.#chat.answer(toAnswer(message));
		}
	}

	/** A change of the session, which may repeat all its messages. */
	#change(changed: JsonObject, messages: readonly JsonObject[] | undefined): void {
		const isLater = this.#chat.hasAnswers;
		for (const answer of messages?.map(toAnswer) ?? []) {
			if (answer && !this.#chat.knows(answer)) {
				this.#chat.answer(answer);
			}
		}
		if (isLater && messages) {
			// The program compressed its history, or hid results of tools in it.
			this.#chat.event('history rewritten');
		} else if (isLater && Object.keys(changed).join() === 'sessionId') {
			this.#chat.event('resume');
		}
	}
}

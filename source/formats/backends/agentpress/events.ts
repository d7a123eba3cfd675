/** The lines of an AgentPress / Suna backend about caching, in the wordings of all versions so far. */

import type {ThreadEvent} from '../../../request.js';
import type {Outcome} from './outcome.js';
import {parseOutcome} from './outcome.js';

/** The content of a line. */
export type AgentPressEvent =
	/** A planning pass starts or continues; `rank` is the line's position in the backend's order. */
	| {readonly kind: 'plan-step'; readonly rank: number; readonly change?: ThreadEvent}
	| {
			readonly kind: 'block';
			readonly number: number;
			readonly tokens: number | undefined;
			/** True if the block uses the 1-hour cache. */
			readonly oneHour: boolean;
	  }
	/** Blocks stored by an earlier request are reused; nothing else is logged for them. */
	| {readonly kind: 'reused'; readonly count: number}
	| {readonly kind: 'skipped'; readonly part: 'system' | 'conversation'; readonly tokens: number | undefined}
	| {readonly kind: 'unsupported'}
	/** All blocks of the pass were logged: the line follows them, at a level that hides none. */
	| {readonly kind: 'whole'}
	/** Stored blocks were dropped, or are rebuilt after compression or a change of model. */
	| {readonly kind: 'rebuilt'; readonly reason: string; readonly thread?: string | undefined}
	/** Something else that changes the prompt of the next call. */
	| {readonly kind: 'change'; readonly change: ThreadEvent}
	/** `thread` if the text names it. */
	| {readonly kind: 'model'; readonly model: string; readonly thread?: string | undefined}
	| {readonly kind: 'response'; readonly id: string}
	| {readonly kind: 'call'; readonly model: string}
	| {readonly kind: 'outcome'; readonly outcome: Outcome};

/** An event and the text after it: nothing or, in a console rendering, the context. */
export type ParsedEvent = {readonly event: AgentPressEvent; readonly tail: string};

const number = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''));
const tokensOf = (count: string | undefined, unit: string | undefined): number | undefined =>
	unit === 'tokens' ? number(count) : undefined;

type Rule = readonly [pattern: RegExp, event: (match: RegExpExecArray) => AgentPressEvent | undefined];

const count = String.raw`(\d[\d,]{0,11})`;

const skipped =
	(part: 'system' | 'conversation') =>
	([, size, unit]: RegExpExecArray): AgentPressEvent => ({kind: 'skipped', part, tokens: tokensOf(size, unit)});
const model = ([, name]: RegExpExecArray): AgentPressEvent => ({kind: 'model', model: name as string});
const call = ([, name]: RegExpExecArray): AgentPressEvent => ({kind: 'call', model: name as string});
const step = (rank: number) => (): AgentPressEvent => ({kind: 'plan-step', rank});
/** Stored blocks are rebuilt after compression or a change of model. */
export const rebuilt = (): AgentPressEvent => ({kind: 'rebuilt', reason: 'compression or model change'});
/** Blocks get another size from now on, so that they are laid out again. */
export const blockSizeChanged = (from: number, to: number): AgentPressEvent => ({
	kind: 'change',
	change: {kind: 'block size changed', detail: `${from} to ${to}`},
});

/** A conversation without stored blocks: its first pass, or the stored ones were dropped. */
export const fromScratch: AgentPressEvent = {kind: 'plan-step', rank: 1, change: {kind: 'blocks laid out anew'}};

const nameless = /^(?:unknown|none|null)$/i;
/** The backend writes one of these words if the provider sent no id. */
export const isResponseId = (id: string): boolean => !nameless.test(id);

/** By first letter. Anchored at the start, because replies, messages and tracebacks contain the same text. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
	B: [
		[
			new RegExp(`^Block (\\d{1,2}): Cached (?:[a-z]+ ){0,4}[a-z]+ \\(${count} (tokens|chars)((?:, [^)]{1,80})?)\\)`),
			([, block, size, unit, rest]) => ({
				kind: 'block',
				number: Number(block),
				tokens: tokensOf(size, unit),
				oneHour: rest?.includes('1h TTL') ?? false,
			}),
		],
		[/^Building cache blocks from scratch \(\d+ messages\)/, () => fromScratch],
		[/^Building cache structure for \d+ messages/, step(1)],
	],
	C: [
		[/^CACHING INPUT: \d+ messages - Roles: \{[^}]{0,200}\}/, step(0)],
		[new RegExp(`^Conversation too small for caching: ${count} (tokens|chars)`), skipped('conversation')],
	],
	A: [
		[
			new RegExp(
				`^Adjusting chunk threshold: ${count} \\S{1,12} ${count} tokens \\(to fit [\\d,]{1,12} tokens in \\d{1,3} blocks\\)`,
			),
			([, from, to]) => blockSizeChanged(number(from), number(to)),
		],
		[
			/^Applying (?:2-block caching strategy|single cache breakpoint strategy|cache strategy) for \d+ messages/,
			step(2),
		],
	],
	S: [
		[new RegExp(`^System prompt too small for caching: ${count} (tokens|chars)`), skipped('system')],
		[/^STORED MODEL: (\S{1,200})/, model],
		[
			/^Starting thread execution for (\S{1,100}) with model (\S{1,200})/,
			([, thread, name]) => ({kind: 'model', model: name as string, thread}),
		],
	],
	L: [
		[
			/^Loaded (\d{1,2}) cached blocks(?: \(no new messages\)|, appending \d+ new messages)/,
			([, blocks]) => ({kind: 'reused', count: Number(blocks)}),
		],
		[/^LLM API call: (\S{1,200}) \(\d+ messages\)/, call],
	],
	M: [
		[/^Making LLM API call to model: (\S{1,200})(?: with \d+ messages)?/, call],
		[/^Model \S{1,200} doesn't support (?:Anthropic )?caching/, () => ({kind: 'unsupported'})],
	],
	'[': [
		[/^\[LLM\] call: (\S{1,200}) \(\d+ msgs\)/, call],
		[/^\[LLM\] [\d.]+s total, \d+ chunks - (\S{1,200})/, model],
		[/^\[LLM\] TTFT=[\d.]+s (\S{1,200})/, model],
	],
	P: [
		[
			/^Processing billing for LLM response: (\S{1,200})/,
			([, id]) => (isResponseId(id as string) ? {kind: 'response', id: id as string} : undefined),
		],
	],
	R: [
		[/^RESPONSE MODEL: (\S{1,200})/, model],
		[/^Rebuilding cache due to compression\/model change/, rebuilt],
	],
	I: [
		[
			/^Invalidated cached blocks for thread (\S{1,100})/,
			([, thread]) => ({kind: 'rebuilt', reason: 'blocks invalidated', thread}),
		],
	],
	T: [[/^Total cache blocks used: \d{1,2}\/\d{1,2}/, () => ({kind: 'whole'})]],
	U: [[/^Using model: (\S{1,200})/, model]],
};

/** The emoji before the text in versions before 2026, some with a variation selector. */
const emoji = /^(?:[\p{Extended_Pictographic}\u{1F195}]\uFE0F? ?){1,2}/u;

/** Recognises a caching line by its beginning; undefined for other lines. */
export const parseEvent = (text: string): ParsedEvent | undefined => {
	const words = text.replace(emoji, '');
	for (const [pattern, build] of rules[words[0] ?? ''] ?? []) {
		const match = pattern.exec(words);
		if (match) {
			const event = build(match);
			return event && {event, tail: words.slice(match[0].length)};
		}
	}
	const found = parseOutcome(words);
	return found && {event: {kind: 'outcome', outcome: found.outcome}, tail: words.slice(found.length)};
};

/**
 * The events that make up nearly all cache lines, by templates. Each gives what `parseEvent` gives for the same words;
 * rarer events and odd forms of these are left to it.
 */

import {type AgentPressEvent, fromScratch, isResponseId} from '../events.js';
import type {Outcome, OutcomeWording} from '../outcome.js';
import {Captured, match, type Template, template} from './template.js';

type Build = (captured: Captured) => AgentPressEvent | undefined;

const step = (rank: number): Build => {
	const event: AgentPressEvent = {kind: 'plan-step', rank};
	return () => event;
};
const call: Build = ({word}) => ({kind: 'call', model: word});
const model: Build = ({word}) => ({kind: 'model', model: word});
const skipped =
	(part: 'system' | 'conversation'): Build =>
	({numbers: [tokens]}) => ({kind: 'skipped', part, tokens});
const outcome = (numbers: Outcome): AgentPressEvent => ({kind: 'outcome', outcome: numbers});
const usage =
	(wording: OutcomeWording, namesModel = false): Build =>
	({usage: {prompt, completion, total, read, write, writeOneHour}, word}) => {
		const model = namesModel ? word : undefined;
		return outcome({wording, model, prompt, completion, total, read, write, writeOneHour});
	};
const typed =
	(accuracy: 'exact' | 'estimated' | 'fallback'): Build =>
	({numbers: [prompt, completion, read, write]}) =>
		outcome({wording: 'usage-type', accuracy, prompt, completion, read, write});
const typedNumbers = 'prompt=<number>, completion=<number>, cache_read=<number>, cache_creation=<number>';

const rules: readonly (readonly [words: string, event: Build])[] = [
	[
		'Block <block>: Cached <kind> (<number> tokens<more>)',
		({numbers: [number, tokens], oneHour}) => ({kind: 'block', number: number as number, tokens, oneHour}),
	],
	[
		'Block <block>: Cached <kind> (<number> chars<more>)',
		({numbers: [number], oneHour}) => ({kind: 'block', number: number as number, tokens: undefined, oneHour}),
	],
	['Building cache blocks from scratch (<number> messages)', () => fromScratch],
	['Building cache structure for <number> messages', step(1)],
	[
		'CACHE HIT: <number>/<number> tokens (<decimal>%)',
		({numbers: [read, prompt]}) => outcome({wording: 'cache-hit', read, prompt}),
	],
	[
		'CACHE DETECTION: cache_read=<number>, cache_creation=<number>, prompt=<number>',
		({numbers: [read, write, prompt]}) => outcome({wording: 'cache-detection', read, write, prompt}),
	],
	[
		'CACHE WRITE: <number> tokens stored for future use',
		({numbers: [write]}) => outcome({wording: 'cache-write', read: 0, write}),
	],
	['CACHING INPUT: <number> messages - Roles: {<roles>}', step(0)],
	['Conversation too small for caching: <number> tokens', skipped('conversation')],
	['Applying single cache breakpoint strategy for <number> messages', step(2)],
	['Applying 2-block caching strategy for <number> messages', step(2)],
	['Applying cache strategy for <number> messages', step(2)],
	['STORED USAGE: <object>', usage('repeat')],
	['STORED MODEL: <word>', model],
	['System prompt too small for caching: <number> tokens', skipped('system')],
	[
		'Starting thread execution for <id> with model <word>',
		({id, word}) => (id.length > 100 ? undefined : {kind: 'model', model: word, thread: id}),
	],
	[
		'Loaded <block> cached blocks, appending <number> new messages',
		({numbers: [count]}) => ({kind: 'reused', count: count as number}),
	],
	[
		'Loaded <block> cached blocks (no new messages)',
		({numbers: [count]}) => ({kind: 'reused', count: count as number}),
	],
	['LLM API call: <word> (<number> messages)', call],
	['Making LLM API call to model: <word> with <number> messages', call],
	['[LLM] call: <word> (<number> msgs)', call],
	['[LLM] <decimal>s total, <number> chunks - <word>', model],
	['[LLM] TTFT=<decimal>s <word>', model],
	[
		"[THREAD_MANAGER] Processing assistant_response_end: model='<quoted>', prompt_tokens=<number>, completion_tokens=<number>, cache_read=<number>, cache_creation=<number>",
		({numbers: [prompt, completion, read, write], word}) =>
			outcome({wording: 'assistant-response-end', model: word, prompt, completion, read, write}),
	],
	['[ResponseProcessor] Usage data for billing: <dict>', usage('usage-data')],
	['Processing billing for LLM response: <id>', ({id}) => (isResponseId(id) ? {kind: 'response', id} : undefined)],
	[
		'NO CACHE: All <number> tokens processed fresh',
		({numbers: [prompt]}) => outcome({wording: 'no-cache', read: 0, write: 0, prompt}),
	],
	[`Usage type: EXACT - ${typedNumbers}`, typed('exact')],
	[`Usage type: ESTIMATED - ${typedNumbers}`, typed('estimated')],
	[`Usage type: FALLBACK ESTIMATE - ${typedNumbers}`, typed('fallback')],
	['Usage captured - Model: <listed>, Usage: <object>', usage('usage-captured', true)],
	['Total cache blocks used: <block>/<block>', () => ({kind: 'whole'})],
	['Using model: <word>', model],
];

type QuickRule = {readonly number: number; readonly template: Template; readonly build: Build};

const quickRules = rules.map(([words, build], number) => ({words, rule: {number, template: template(words), build}}));

const byFirst: readonly (readonly QuickRule[])[] = Array.from({length: 128}, (_, first) =>
	quickRules.filter(({words}) => words.charCodeAt(0) === first).map(({rule}) => rule),
);

/** Recognises events by the bytes of their words. */
export class QuickEvents {
	/** Behind the words of the event read last. */
	end = 0;
	/** Which of the rules it follows. */
	rule = 0;
	readonly #captured = new Captured();

	/** The event whose words begin here; undefined for other words, and for those that need a closer look. */
	read(bytes: Buffer, view: DataView, start: number): AgentPressEvent | undefined {
		for (const {number, template: parts, build} of byFirst[bytes[start] as number] ?? []) {
			const end = match(parts, bytes, view, start, this.#captured);
			if (end >= 0) {
				this.end = end;
				this.rule = number;
				return build(this.#captured);
			}
		}
		return undefined;
	}
}

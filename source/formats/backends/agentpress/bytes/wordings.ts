/**
 * The wordings of nearly all caching lines, which the scanner reads from the bytes. The results are those of
 * `parseEvent`; rarer events and unusual forms are left to that.
 */

import {type Capture, captures, type ScanTable, type WordingPart} from '../../../../scanner/scan-table.js';
import type {Scanner} from '../../../../scanner/scanner.js';
import {type AgentPressEvent, blockSizeChanged, fromScratch, isResponseId, rebuilt} from '../events.js';
import {type Outcome, type OutcomeWording, outcomeOf} from '../outcome.js';
import {type UsageName, usageNames} from '../usage-text.js';
import {beginnings, repeats} from './nominate.js';

/** Undefined if the text is not sufficient. */
type Build = (line: Scanner) => AgentPressEvent | undefined;

const objectNames = Object.keys(usageNames) as readonly UsageName[];
/** The scanner's index of each number. */
const places = Object.fromEntries(objectNames.map((name, index) => [name, index])) as Record<UsageName, number>;

const step = (rank: number): Build => {
	const event: AgentPressEvent = {kind: 'plan-step', rank};
	return () => event;
};
const call: Build = ({word}) => ({kind: 'call', model: word});
const model: Build = ({word}) => ({kind: 'model', model: word});
const skipped =
	(part: 'system' | 'conversation'): Build =>
	line => ({kind: 'skipped', part, tokens: line.number(0)});
const outcome = (told: Outcome): AgentPressEvent => ({kind: 'outcome', outcome: outcomeOf(told)});
const usage =
	(wording: OutcomeWording, namesModel = false): Build =>
	line => {
		const read = line.objectNumber(places.read) ?? line.objectNumber(places.cached);
		const write = line.objectNumber(places.write) ?? line.objectNumber(places.created);
		const prompt = line.objectNumber(places.prompt);
		// The text alone does not say whether there is another value instead.
		if (read === undefined || write === undefined || prompt === undefined) {
			return undefined;
		}
		return outcome({
			wording,
			model: namesModel ? line.word : undefined,
			prompt,
			completion: line.objectNumber(places.completion),
			total: line.objectNumber(places.total),
			read,
			write,
			writeOneHour: line.objectNumber(places.writeOneHour),
		});
	};
const typed =
	(accuracy: 'exact' | 'estimated' | 'fallback'): Build =>
	line =>
		outcome({
			wording: 'usage-type',
			accuracy,
			prompt: line.number(0),
			completion: line.number(1),
			read: line.number(2),
			write: line.number(3),
		});
const typedNumbers = 'prompt=<number>, completion=<number>, cache_read=<number>, cache_creation=<number>';

const rules: readonly (readonly [words: string, event: Build])[] = [
	[
		'Block <block>: Cached <kind> (<number> tokens<more>)',
		line => ({kind: 'block', number: line.number(0), tokens: line.number(1), oneHour: line.flag}),
	],
	[
		'Block <block>: Cached <kind> (<number> chars<more>)',
		line => ({kind: 'block', number: line.number(0), tokens: undefined, oneHour: line.flag}),
	],
	['Building cache blocks from scratch (<number> messages)', () => fromScratch],
	['Building cache structure for <number> messages', step(1)],
	[
		'CACHE HIT: <number>/<number> tokens (<decimal>%)',
		line => outcome({wording: 'cache-hit', read: line.number(0), prompt: line.number(1)}),
	],
	[
		'CACHE DETECTION: cache_read=<number>, cache_creation=<number>, prompt=<number>',
		line =>
			outcome({
				wording: 'cache-detection',
				read: line.number(0),
				write: line.number(1),
				prompt: line.number(2),
			}),
	],
	[
		'CACHE WRITE: <number> tokens stored for future use',
		line => outcome({wording: 'cache-write', read: 0, write: line.number(0)}),
	],
	['CACHING INPUT: <number> messages - Roles: {<roles>}', step(0)],
	['Conversation too small for caching: <number> tokens', skipped('conversation')],
	[
		'Adjusting chunk threshold: <number> <arrow> <number> tokens (to fit <number> tokens in <block> blocks)',
		line => blockSizeChanged(line.number(0), line.number(1)),
	],
	['Applying single cache breakpoint strategy for <number> messages', step(2)],
	['Applying 2-block caching strategy for <number> messages', step(2)],
	['Applying cache strategy for <number> messages', step(2)],
	['Rebuilding cache due to compression/model change', rebuilt],
	['STORED USAGE: <object>', usage('repeat')],
	['STORED MODEL: <word>', model],
	['System prompt too small for caching: <number> tokens', skipped('system')],
	[
		'Starting thread execution for <id> with model <word>',
		({span, word}) => (span.length > 100 ? undefined : {kind: 'model', model: word, thread: span}),
	],
	['Loaded <block> cached blocks, appending <number> new messages', line => ({kind: 'reused', count: line.number(0)})],
	['Loaded <block> cached blocks (no new messages)', line => ({kind: 'reused', count: line.number(0)})],
	['LLM API call: <word> (<number> messages)', call],
	['Making LLM API call to model: <word> with <number> messages', call],
	['[LLM] call: <word> (<number> msgs)', call],
	['[LLM] <decimal>s total, <number> chunks - <word>', model],
	['[LLM] TTFT=<decimal>s <word>', model],
	[
		"[THREAD_MANAGER] Processing assistant_response_end: model='<quoted>', prompt_tokens=<number>, completion_tokens=<number>, cache_read=<number>, cache_creation=<number>",
		line =>
			outcome({
				wording: 'assistant-response-end',
				model: line.word,
				prompt: line.number(0),
				completion: line.number(1),
				read: line.number(2),
				write: line.number(3),
			}),
	],
	['[ResponseProcessor] Usage data for billing: <dict>', usage('usage-data')],
	[
		'Processing billing for LLM response: <id>',
		({span}) => (isResponseId(span) ? {kind: 'response', id: span} : undefined),
	],
	[
		'NO CACHE: All <number> tokens processed fresh',
		line => outcome({wording: 'no-cache', read: 0, write: 0, prompt: line.number(0)}),
	],
	[`Usage type: EXACT - ${typedNumbers}`, typed('exact')],
	[`Usage type: ESTIMATED - ${typedNumbers}`, typed('estimated')],
	[`Usage type: FALLBACK ESTIMATE - ${typedNumbers}`, typed('fallback')],
	['Usage captured - Model: <listed>, Usage: <object>', usage('usage-captured', true)],
	['Total cache blocks used: <block>/<block>', () => ({kind: 'whole'})],
	['Using model: <word>', model],
];

const partsOf = (words: string): readonly WordingPart[] =>
	words
		.split(/(<[a-z]+>)/)
		.filter(part => part !== '')
		.map(part => {
			const name = part.slice(1, -1);
			return part.startsWith('<') && captures.has(name) ? ({capture: name} as Capture) : part;
		});

/** What the scanner looks for in a log of this backend. */
export const scanTable: ScanTable = {
	beginnings,
	repeats,
	// Part of every name of a token count.
	needle: 'ken',
	wordings: rules.map(([words]) => partsOf(words)),
	objectNames: objectNames.map(name => usageNames[name]),
};

/** The event of a line read by the scanner; undefined if the line must be decoded. */
export const eventOf = (line: Scanner): AgentPressEvent | undefined => rules[line.wording]?.[1](line);

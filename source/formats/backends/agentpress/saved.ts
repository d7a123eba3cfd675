/** The saved state of a session, and its validation. */

import type {Conversation} from './conversations/conversation.js';
import type {SavedLines} from './seen/seen-lines.js';

/** A conversation whose lines continue after a restart. */
export type SavedConversation = {
	readonly key: string;
	/** Time of its last line in epoch milliseconds. */
	readonly used: number;
	readonly runKeys: readonly string[];
	readonly conversation: Conversation;
};

/** How often each identity occurred at the instant of the last line. */
export type SavedIdentities = {
	readonly instant: string;
	readonly occurrences: readonly (readonly [identity: string, count: number])[];
};

/** Plain data that survives JSON unchanged. */
export type Saved = {
	readonly latest: {readonly stamp: string; readonly time?: number | undefined};
	readonly lastGood: number;
	readonly conversations: readonly SavedConversation[];
	readonly identities: SavedIdentities;
	readonly responses: readonly string[];
	/** The latest calls and outcomes, so that a line that is read twice counts once. */
	readonly lines: SavedLines;
	/** Number of passes that count as requests until the log shows a call. */
	readonly planOnly: number;
	readonly showsCalls: boolean;
};

type Check = (value: unknown) => boolean;

const text: Check = value => typeof value === 'string';
const number: Check = value => typeof value === 'number' && Number.isFinite(value);
const flag: Check = value => typeof value === 'boolean';
const maybe =
	(check: Check): Check =>
	value =>
		value === undefined || check(value);
const list =
	(check: Check): Check =>
	value =>
		Array.isArray(value) && value.every(check);
const pair =
	(first: Check, second: Check): Check =>
	value =>
		Array.isArray(value) && first(value[0]) && second(value[1]);
const object = (fields: Readonly<Record<string, Check>>): Check => {
	const checks = Object.entries(fields);
	return value =>
		typeof value === 'object' &&
		value !== null &&
		checks.every(([name, check]) => check((value as Readonly<Record<string, unknown>>)[name]));
};

const moment = object({time: number, stamp: text});
const group = object({
	blocks: list(object({number, tokens: maybe(number), reused: flag})),
	skipped: list(object({part: text, tokens: maybe(number)})),
	unsupported: flag,
	oneHour: flag,
	whole: maybe(flag),
	rank: number,
	last: moment,
});
const events = list(object({kind: text, detail: maybe(text)}));
const call = object({events, model: text, at: moment, group: maybe(group), rebuilt: flag});
const usage = object({
	wording: text,
	model: maybe(text),
	accuracy: maybe(text),
	prompt: maybe(number),
	completion: maybe(number),
	total: maybe(number),
	read: maybe(number),
	write: maybe(number),
	writeOneHour: maybe(number),
});
const outcome = object({
	id: text,
	start: maybe(number),
	events,
	at: moment,
	group: maybe(group),
	rebuilt: flag,
	model: maybe(text),
	numbers: usage,
	wordings: list(text),
	responseId: maybe(text),
});
const conversation = object({
	thread: maybe(text),
	run: maybe(text),
	group: maybe(group),
	call: maybe(call),
	waiting: list(call),
	outcome: maybe(outcome),
	model: maybe(text),
	responseId: maybe(text),
	rebuilt: flag,
	events,
	hint: maybe(usage),
});
const saved = object({
	latest: object({stamp: text, time: maybe(number)}),
	lastGood: number,
	conversations: list(object({key: text, used: number, runKeys: list(text), conversation})),
	identities: object({instant: text, occurrences: list(pair(text, number))}),
	responses: list(text),
	lines: object({names: list(text), latest: maybe(moment)}),
	planOnly: number,
	showsCalls: flag,
});

/** The saved state; undefined if the value is of an older version, or damaged. */
export const asSaved = (value: unknown): Saved | undefined => (saved(value) ? (value as Saved) : undefined);

import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {addedAndRemoved, eventName} from '../../state/thread-events.js';

/** Hashes by name or number, in the order of the prompt. */
type Hashes = Readonly<Record<string, string>>;

/** What a checkpoint of Copilot CLI keeps of the last prompt of a conversation: no content, only hashes. */
export type PromptFingerprint = {
	/** Of the definition of each tool. */
	readonly tools: Hashes;
	/** Of each segment of the system prompt. */
	readonly segments: Hashes;
	/** Of some messages, by their places. */
	readonly messages: Hashes;
	/** Reasoning effort; the empty text where it is not told. */
	readonly effort: string;
	/** How the prompt was marked for caching: settings as text. */
	readonly settings: Hashes;
};

/** At most this many entries of a list are kept. */
const mostEntries = 256;

const hashesOf = (list: unknown, name: string, hash: string): Hashes =>
	Object.fromEntries(
		listOf(list)
			.slice(0, mostEntries)
			.flatMap(value => {
				const entry = objectOf(value) ?? {};
				const key = entry[name];
				const of = textOf(entry[hash]);
				return (typeof key === 'string' || typeof key === 'number') && of !== undefined ? [[eventName(key), of]] : [];
			}),
	);

/** @param told an entry of `promptCacheBreakState[].models` */
export const fingerprintOf = (told: JsonObject): PromptFingerprint => ({
	tools: hashesOf(told.tools, 'name', 'schema_hash'),
	segments: hashesOf(told.system_segments, 'segment', 'hash'),
	messages: hashesOf(objectOf(told.conversation)?.points, 'index', 'hash'),
	effort: textOf(told.reasoning_effort) ?? '',
	settings: Object.fromEntries(
		Object.entries(objectOf(told.cache_config) ?? {})
			.slice(0, mostEntries)
			.map(([name, value]) => [eventName(name), String(value)]),
	),
});

/** Names that were added, removed, and whose content changed. */
const difference = (before: Hashes, after: Hashes) => {
	const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
	return {
		added: [...now.keys()].filter(name => !old.has(name)),
		removed: [...old.keys()].filter(name => !now.has(name)),
		changed: [...now.keys()].filter(name => old.has(name) && old.get(name) !== now.get(name)),
	};
};

/** At most this many names are listed. */
const mostNames = 4;

const listed = (names: readonly string[]): string =>
	names.length > mostNames
		? `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`
		: names.join(', ');

const toolsChanged = (before: Hashes, after: Hashes): readonly string[] => {
	const {added, removed, changed} = difference(before, after);
	const isReordered =
		added.length + removed.length + changed.length === 0 &&
		Object.keys(before).join('\n') !== Object.keys(after).join('\n');
	return [
		...(added.length + removed.length > 0
			? [`tools changed: ${addedAndRemoved(added.slice(0, mostNames), removed.slice(0, mostNames))}`]
			: []),
		...(changed.length > 0 ? [`${changed.length === 1 ? 'tool' : 'tools'} redefined: ${listed(changed)}`] : []),
		...(isReordered ? ['tools reordered'] : []),
	];
};

const segmentsChanged = (before: Hashes, after: Hashes): readonly string[] => {
	const {added, removed, changed} = difference(before, after);
	const all = [...added, ...removed, ...changed];
	return all.length > 0 ? [`system prompt changed: ${listed(all)}`] : [];
};

/** The first message that is not the one it was; those behind the last of before are new. */
const messageChanged = (before: Hashes, after: Hashes): readonly string[] => {
	const [first] = difference(before, after)
		.changed.map(Number)
		.sort((one, other) => one - other);
	return first === undefined ? [] : [`message ${first} changed`];
};

/**
 * What of a prompt changed that its cache hangs on, in the order of the prompt: tools, system prompt, messages. Undefined
 * where the later prompt begins with the earlier one.
 * @param compaction what was done to the whole conversation between the two, where messages change by that
 */
export const changeBetween = (
	before: PromptFingerprint,
	after: PromptFingerprint,
	compaction: string | undefined,
): string | undefined => {
	const messages = messageChanged(before.messages, after.messages);
	const {added, removed, changed} = difference(before.settings, after.settings);
	const settings = [...added, ...removed, ...changed];
	const isOtherEffort = before.effort !== '' && after.effort !== '' && before.effort !== after.effort;
	const parts = [
		...toolsChanged(before.tools, after.tools),
		...segmentsChanged(before.segments, after.segments),
		...(settings.length > 0 ? [`cache settings changed: ${listed(settings)}`] : []),
		...(isOtherEffort ? [`reasoning effort ${eventName(before.effort)} to ${eventName(after.effort)}`] : []),
		...(compaction !== undefined && messages.length > 0 ? [compaction] : messages),
	];
	return parts.length > 0 ? parts.join('; ') : undefined;
};

import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {addedAndRemoved, eventName} from '../../state/thread-events.js';

/** Hashes by name or number, in the order of the prompt. */
type Hashes = Readonly<Record<string, string>>;

/** The hashes of a conversation's last prompt in a checkpoint of Copilot CLI, which has no content. */
export type PromptFingerprint = {
	/** Hashes of tool definitions. */
	readonly tools: Hashes;
	/** Hashes of segments of the system prompt. */
	readonly segments: Hashes;
	/** Hashes of some messages, by index. */
	readonly messages: Hashes;
	/** Reasoning effort; the empty text if unknown. */
	readonly effort: string;
	/** How the prompt was marked for caching: settings as text. */
	readonly settings: Hashes;
};

/** Maximum number of entries kept per list. */
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

/** Names that were added, removed or whose content changed. */
const difference = (before: Hashes, after: Hashes) => {
	const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
	return {
		added: [...now.keys()].filter(name => !old.has(name)),
		removed: [...old.keys()].filter(name => !now.has(name)),
		changed: [...now.keys()].filter(name => old.has(name) && old.get(name) !== now.get(name)),
	};
};

/** Maximum number of names listed. */
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

/** The first message that changed; messages after the last known one are new. */
const messageChanged = (before: Hashes, after: Hashes): readonly string[] => {
	const [first] = difference(before, after)
		.changed.map(Number)
		.sort((one, other) => one - other);
	return first === undefined ? [] : [`message ${first} changed`];
};

/**
 * The part of a prompt that changed first, in the order in which prompts are cached: tools, system prompt, messages.
 * Undefined if the later prompt starts with the earlier one.
 * @param compaction what changed the whole conversation in between, if messages were changed by it
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

import type {BreakCause} from '../breaks/loss.js';
import {eventWords, isOpen} from '../breaks/suspects/suspicious.js';

const connectFirst = 'Connect MCP servers before the session begins, and remove those that come and go.';

/** What to do about events before breaks, by their text or kind. */
const eventActions: Readonly<Record<string, string>> = {
	tools: 'Load all tools when the session begins, so that their definitions stay the same.',
	'tool search': 'Load the tools that are always needed when the session begins.',
	'mcp server': connectFirst,
	'slash command /mcp': connectFirst,
	'slash command /model': 'Choose the model when the session begins: each model has a cache of its own.',
	'slash command /effort': 'Choose the effort when the session begins.',
	skill: 'Load the skills that a task needs at its beginning.',
	'permission mode': 'Choose the permission mode when the session begins.',
	deployment: 'Keep a conversation on one deployment: caches are not shared between them.',
	'block size changed':
		'Begin with the block size that a long conversation needs: another one moves every block, and all is written again.',
	'blocks laid out anew': 'Keep the stored blocks of a conversation: blocks that end elsewhere are written again.',
	retry: 'Find out why calls fail: a retry may be served where the cache is not.',
	fallback: 'Find out why calls fail: a fallback is served where the cache is not.',
	'memory file': 'Keep memory files small, and in the folder where the session begins.',
	effort: 'Choose the effort when the session begins.',
};

/** What to do about an event; undefined if there is no general advice. */
export const actionOnEvent = (event: Parameters<typeof eventWords>[0]): string | undefined =>
	eventActions[eventWords(event)] ?? eventActions[event.kind];

/** What to do about a cause of breaks; undefined if nothing can be done, or if it depends on the reason. */
export const causeActions = {
	expired: 'Go on while the cache is warm, or use the 1-hour cache where its higher write price pays.',
	'model-switched': 'Keep one model per thread: each model has a cache of its own.',
	'provider-switched':
		'Pin the provider of a conversation (for OpenRouter: provider.order with allow_fallbacks: false; for LiteLLM: session affinity).',
	concurrent:
		'Of requests that begin alike, send one first, and the others once its answer has begun: an entry can be read only from then on.',
	'client-updated': 'Update the client between sessions: a new version brings other instructions and tools.',
	'settings-changed': 'Keep these settings for as long as a conversation lasts.',
	'prefix-changed':
		'Put whatever varies (time, ids, retrieved text) after the cached part, and keep the tools in a fixed order.',
} as const satisfies Partial<Record<BreakCause, string>>;

/** What to do about a break; the events before it are the best indication. */
export const actionOnBreak = (
	cause: BreakCause,
	events: readonly Parameters<typeof eventWords>[0][],
): string | undefined => {
	const actions: Partial<Record<BreakCause, string>> = causeActions;
	return (isOpen(cause) ? events.map(actionOnEvent).find(action => action !== undefined) : undefined) ?? actions[cause];
};

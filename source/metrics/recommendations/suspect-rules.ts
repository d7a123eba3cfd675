import {eventWords} from '../breaks/suspects/suspicious.js';
import {plural} from '../words.js';
import type {Rule} from './recommendation.js';

const connectFirst = 'Connect MCP servers before the session begins, and remove those that come and go.';

/** What to do about events, by their words or by their kind; about others, look at them one by one. */
const actions: Readonly<Record<string, string>> = {
	tools: 'Load all tools when the session begins, so that their definitions stay the same.',
	'tool search': 'Load the tools that are always needed when the session begins.',
	'mcp server': connectFirst,
	'slash command /mcp': connectFirst,
	'slash command /model': 'Choose the model when the session begins: each model has a cache of its own.',
	'slash command /effort': 'Choose the effort when the session begins.',
	skill: 'Load the skills that a task needs at its beginning.',
	'permission mode': 'Choose the permission mode when the session begins.',
	deployment: 'Keep a conversation on one deployment: caches are not shared between them.',
	threshold: 'Keep the block size of a conversation: blocks that are cut anew are written anew.',
	'blocks from scratch': 'Find out why stored blocks are dropped, and keep them.',
	retry: 'Find out why calls fail: a retry may be served where the cache is not.',
	fallback: 'Find out why calls fail: a fallback is served where the cache is not.',
	'memory file': 'Keep memory files small, and in the folder where the session begins.',
	effort: 'Choose the effort when the session begins.',
};

/** The suspect with the highest lift. */
const suspect: Rule = ({suspects}) => {
	const [first] = suspects;
	return first
		? {
				id: 'suspect',
				severity: 'warning',
				evidence: `${first.breaks} of the ${plural(first.requests, 'request')} after "${eventWords(first)}" lost their cache: ${first.lift.toFixed(1)} times as often as requests in general.`,
				action:
					actions[eventWords(first)] ??
					actions[first.kind] ??
					`Look at the breaks after "${eventWords(first)}" one by one: hitrate why.`,
				cost: first.lostCost,
			}
		: undefined;
};

export const suspectRules: readonly Rule[] = [suspect];

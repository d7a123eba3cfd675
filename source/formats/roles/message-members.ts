import {plainName} from '../json/view.js';

/** Members with messages, whose text may quote anything. */
const conversation = new Set(
	[
		'content',
		'contents',
		'messages',
		'input',
		'tools',
		'tool_calls',
		'arguments',
		'request',
		'prompt',
		'choices',
		'parts',
		'system',
		'instructions',
		'history',
	].map(plainName),
);

/** True if a member contains messages, so that nothing in it is about this call. */
export const isConversation = (name: string): boolean => conversation.has(plainName(name));

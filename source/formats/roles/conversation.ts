import {plainName} from '../json/view.js';

/** Members that hold what was asked and answered: people quote anything there. */
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

/** Whether a member holds what was asked and answered, so that nothing in it tells of this call. */
export const isConversation = (name: string): boolean => conversation.has(plainName(name));

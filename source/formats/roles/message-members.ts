import {objectOf} from '../json/json-values.js';
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

/** True for what Datadog exports as the content of a log: a record with a time or service, and attributes. */
const isRecord = (value: unknown): boolean => {
	const object = objectOf(value);
	return objectOf(object?.attributes) !== undefined && ('timestamp' in (object ?? {}) || 'service' in (object ?? {}));
};

/** True if a member contains messages, as opposed to a record under such a name. */
export const holdsMessages = (name: string, value: unknown): boolean => isConversation(name) && !isRecord(value);

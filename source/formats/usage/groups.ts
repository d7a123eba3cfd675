import {plainName, type View} from '../json/view.js';
import {isInputName} from './shapes/table.js';

/** Prefixes of the names of flat usage: `usage_input_tokens`. */
const prefixes = [
	'llm_usage',
	'token_usage',
	'usage',
	'tokens',
	'llm',
	'anthropic',
	'claude',
	'openai',
	'bedrock',
	'gemini',
	'model',
	'response',
	'ai',
].map(plainName);

/** The names that a plain name may stand for: after a dot, or after a prefix. */
export const ungrouped = (plain: string): readonly string[] => {
	const names: string[] = [];
	for (let dot = plain.indexOf('.'); dot >= 0; dot = plain.indexOf('.', dot + 1)) {
		names.push(plain.slice(dot + 1));
	}
	for (const prefix of prefixes) {
		if (plain.startsWith(prefix) && plain.length > prefix.length) {
			names.push(plain.slice(prefix.length));
		}
	}
	return names;
};

/** Members with a common prefix, as the object that they would form: usage written flat. */
type Group = {readonly name: string; readonly members: Readonly<Record<string, unknown>>};

/** Flat usage among the members of an object: `usage.input_tokens`, `llm_input_tokens`. */
export const groupsIn = (view: View): readonly Group[] => {
	const groups: Group[] = [];
	for (const name of view.members.keys()) {
		const rest = ungrouped(name).find(isInputName);
		if (rest === undefined) {
			continue;
		}
		const prefix = name.slice(0, name.length - rest.length);
		if (!groups.some(group => group.name === prefix)) {
			const members = [...view.members].filter(([other]) => other.startsWith(prefix) && other.length > prefix.length);
			groups.push({
				name: prefix,
				members: Object.fromEntries(members.map(([other, value]) => [other.slice(prefix.length), value])),
			});
		}
	}
	return groups;
};

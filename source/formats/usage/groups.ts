import {plainName, type View} from '../json/view.js';
import {isInputName} from './shapes/table.js';

/** What writers put before the names of a usage that they write beside everything else: `usage_input_tokens`. */
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

/** The names that a plain name may stand for: behind a dot, or behind what writers put before it. */
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

/** Members whose names begin alike, as the object that they would be in: that of a usage written flat. */
type Group = {readonly name: string; readonly members: Readonly<Record<string, unknown>>};

/** The usages that are written flat among the members of an object: `usage.input_tokens`, `llm_input_tokens`. */
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

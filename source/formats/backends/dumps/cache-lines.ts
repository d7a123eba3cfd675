import {utc} from '../../../time/stamp.js';
import {type JsonObject, numberOf, objectOf, textOf} from '../../json/json-values.js';
import {View} from '../../json/view.js';
import {jsonStart, parseJson} from '../../renderings/json-in-text.js';
import {textMembers} from '../../renderings/text-members.js';
import {findTime} from '../../times/log-time.js';
import {isPrefix} from '../../wrappers/prefix.js';
import {type DumpEntry, type DumpReader, dumpFormat} from './dump.js';
import {labelledCounts} from './labelled-counts.js';

/** Maximum bytes of a line: people's own log statements are shorter. */
const longestLine = 8 * 1024;
/** Number of lines that are examined to recognise a log. */
const mostLooked = 200;

const names = {
	prompt: ['prompt', 'input', 'in', 'total_input', 'prompt_tokens', 'input_tokens', 'total_input_tokens'],
	read: ['read', 'cache_read', 'cached_read', 'hit', 'read_tokens', 'cached_tokens'],
	write: ['write', 'cache_write', 'cache_creation', 'written', 'created', 'write_tokens'],
	uncached: ['uncached', 'fresh', 'miss', 'new', 'uncached_tokens', 'uncached_input_tokens'],
	output: ['output', 'out', 'completion', 'output_tokens', 'completion_tokens'],
} as const;

const countOf = (view: View, role: keyof typeof names): number | undefined =>
	names[role].map(name => numberOf(view.at(name))).find(count => count !== undefined);

/** What tells a model's cache from that of a disk or a build, whose parts add up as well. */
const aboutModels = /\b(?:prompt|tok|tokens?|llm)\b|_tokens?\b/i;

/** Matches the name of a model in a sentence. */
const namedModel =
	/(?<![\w./-])(?:[a-z]{2,20}\/)?(?:claude|gpt|gemini|deepseek|grok|qwen|kimi|glm|mistral)-[\w.:@-]{0,60}\w/;

/** Matches the beginning of a line of source code, Markdown or a diff, before a time in it. */
const quoting = /["']|^\s*(?:[+>#*]|\/\/|- )/;

/** The usage of a line about a model whose parts add up to its prompt. */
const provedUsage = (line: string, members: JsonObject): JsonObject | undefined => {
	if (!aboutModels.test(line) && textOf(members.model) === undefined) {
		return undefined;
	}
	const view = new View(members);
	const [prompt, read, uncached, write = 0] = (['prompt', 'read', 'uncached', 'write'] as const).map(role =>
		countOf(view, role),
	);
	return prompt && read !== undefined && uncached !== undefined && uncached + read + write === prompt
		? {
				input_tokens: uncached,
				cache_read_input_tokens: read,
				cache_creation_input_tokens: write,
				output_tokens: countOf(view, 'output'),
			}
		: undefined;
};

/** The usage `{input, cacheRead}` in a line of JSON, if the name of the usage says what it counts. */
const namedUsage = (object: JsonObject): JsonObject | undefined => {
	const {usage, ...others} = object;
	const told = objectOf(usage);
	const view = told && new View(told);
	return view && numberOf(view.at('input')) !== undefined && numberOf(view.at('cache_read')) !== undefined
		? {...others, tokens: told}
		: undefined;
};

const recordIn = (line: string): JsonObject | undefined => {
	if (line.length > longestLine || !/cache/i.test(line) || line.includes('`')) {
		return undefined;
	}
	const start = jsonStart(line);
	const before = start < 0 ? '' : line.slice(0, start);
	const found = findTime(line.slice(0, 64), utc);
	const time = found?.stamp;
	const object = start >= 0 && isPrefix(before) ? objectOf(parseJson(line.slice(start))?.value) : undefined;
	const named = object && namedUsage(object);
	if (named) {
		return {...(before !== '' && time !== undefined && {time}), ...named};
	}
	const members = object === undefined ? textMembers(line) : undefined;
	const usage = members && provedUsage(line, members);
	const model = textOf(members?.model) ?? namedModel.exec(line)?.[0];
	// Prose and source code have such sentences as well, but no time, or one that is quoted.
	const isStatement = found !== undefined && !quoting.test(line.slice(0, found.index));
	const isAbout = model !== undefined || aboutModels.test(line);
	const tokens = isStatement && isAbout && !usage && !object ? labelledCounts(line) : undefined;
	const thread = textOf(members?.thread_id) ?? textOf(members?.session_id);
	return (
		(usage || tokens) && {
			...(time !== undefined && {time}),
			...(model && {model}),
			...(thread && {thread_id: thread}),
			...(usage ? {usage} : {tokens}),
		}
	);
};

const toldBy = (line: string): readonly DumpEntry[] => {
	const record = recordIn(line);
	return [record ? {record} : {other: line}];
};

const reader: DumpReader<Record<string, never>> = {
	name: 'cache-lines',
	title: 'lines of an own wording about the cache',
	catchAll: true,
	keepsPrefix: true,
	recognise: text => text.split('\n', mostLooked).some(line => recordIn(line.replace(/\r$/, '')) !== undefined),
	beginning: () => ({}),
	line: toldBy,
	pending: () => [],
};

/**
 * Lines that report usage without saying that it counts tokens: `[cache] prompt=9510 (read=9000 write=500
 * uncached=10)`, which is proved by the sum, JSON with `usage: {input, cacheRead}`, and sentences with labels.
 */
export const cacheLines = dumpFormat(reader);

import type {JsonObject} from '../../json/json-values.js';

const deepest = 20;
const entry = /^(?<indent> *)(?<name>"[^"]{1,200}"|'[^']{1,200}'|[^\s'"#:[\]{}-][^:]{0,200}):(?: +(?<value>\S.*)?)?$/s;

/** A value in one line. Numbers stay as they are written, for whoever asks for one takes digits too. */
const scalar = (text: string): unknown => {
	if (text === '' || text === 'null' || text === '~') {
		return null;
	}
	if (text.startsWith("'")) {
		return text.replace(/^'|'$/g, '').replaceAll("''", "'");
	}
	if (text.startsWith('"')) {
		try {
			return JSON.parse(text);
		} catch {
			return text;
		}
	}
	return text === 'true' ? true : text === 'false' ? false : text;
};

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Whether a line of a text in quotes ends it. */
const isClosed = (line: string, quote: string): boolean =>
	(quote === "'" ? line.replaceAll("''", '') : line.replaceAll(/\\./g, '')).includes(quote);

/**
 * A document of YAML in blocks, as `gcloud` prints it: members in members, texts over several lines. Of lists and what
 * else YAML has nothing is kept.
 */
export const parseBlockYaml = (lines: readonly string[]): JsonObject => {
	const cursor = {at: 0};
	return membersOf(lines, cursor, 0, 0);
};

const membersOf = (lines: readonly string[], cursor: {at: number}, indent: number, depth: number): JsonObject => {
	const members = new Map<string, unknown>();
	while (cursor.at < lines.length) {
		const line = lines[cursor.at] as string;
		if (line.trim() !== '' && indentOf(line) < indent) {
			break;
		}
		const {name, value = ''} = (indentOf(line) === indent && entry.exec(line)?.groups) || {};
		cursor.at++;
		if (name === undefined) {
			continue;
		}
		const next = lines[cursor.at];
		const isNested = value === '' && next !== undefined && indentOf(next) > indent && entry.test(next);
		const told =
			isNested && depth < deepest
				? membersOf(lines, cursor, indentOf(next as string), depth + 1)
				: scalar(/^[|>][+-]?\d?$/.test(value) ? textBelow(lines, cursor, indent, '\n') : joined(lines, cursor, value));
		const plain = String(scalar(name));
		if (plain !== '__proto__') {
			members.set(plain, told);
		}
	}
	return Object.fromEntries(members);
};

/** The lines below that are indented further, as one text. */
const textBelow = (lines: readonly string[], cursor: {at: number}, indent: number, glue: string): string => {
	const first = cursor.at;
	while (cursor.at < lines.length && (lines[cursor.at] === '' || indentOf(lines[cursor.at] as string) > indent)) {
		cursor.at++;
	}
	return lines
		.slice(first, cursor.at)
		.map(line => line.trim())
		.join(glue);
};

/** A text in quotes that goes on below, as one line. */
const joined = (lines: readonly string[], cursor: {at: number}, value: string): string => {
	const quote = value.slice(0, 1);
	let text = value;
	let isOpen = /^['"]/.test(value) && !isClosed(value.slice(1), quote);
	while (cursor.at < lines.length && isOpen) {
		const line = (lines[cursor.at] as string).trim();
		text += ` ${line}`;
		isOpen = !isClosed(line, quote);
		cursor.at++;
	}
	return text;
};

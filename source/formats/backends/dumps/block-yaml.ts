import type {JsonObject} from '../../json/json-values.js';

const deepest = 20;
const entry = /^(?<indent> *)(?<name>"[^"]{1,200}"|'[^']{1,200}'|[^\s'"#:[\]{}-][^:]{0,200}):(?: +(?<value>\S.*)?)?$/s;

/** A value in one line. Numbers stay text, which readers of numbers accept as well. */
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

/** By quote: true if a line ends the text that an earlier one opened. */
const endsText = {
	"'": (line: string) => /^(?:[^']|'')*'\s*$/.test(line),
	'"': (line: string) => /^(?:[^"\\]|\\.)*"\s*$/.test(line),
} as const;

/**
 * Parses a document of block-style YAML as printed by `gcloud`: nested mappings, and texts over several lines. Lists and
 * everything else are skipped.
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
				: scalar(/^[|>][+-]?\d?$/.test(value) ? textBelow(lines, cursor, indent) : joined(lines, cursor, value));
		const plain = String(scalar(name));
		if (plain !== '__proto__') {
			members.set(plain, told);
		}
	}
	return Object.fromEntries(members);
};

/** The lines below that are indented further, as one text. */
const textBelow = (lines: readonly string[], cursor: {at: number}, indent: number): string => {
	const first = cursor.at;
	while (cursor.at < lines.length && (lines[cursor.at] === '' || indentOf(lines[cursor.at] as string) > indent)) {
		cursor.at++;
	}
	return lines
		.slice(first, cursor.at)
		.map(line => line.trim())
		.join('\n');
};

/** A quoted text that continues below, as one line. */
const joined = (lines: readonly string[], cursor: {at: number}, value: string): string => {
	const quote = value[0];
	if ((quote !== "'" && quote !== '"') || endsText[quote](value.slice(1))) {
		return value.trimEnd();
	}
	const parts = [value];
	let isOpen = true;
	while (isOpen && cursor.at < lines.length) {
		const line = (lines[cursor.at] as string).trim();
		parts.push(line);
		cursor.at++;
		isOpen = !endsText[quote](line);
	}
	return parts.join(' ');
};

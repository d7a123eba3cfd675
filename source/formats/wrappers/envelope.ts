import {type JsonObject, listOf, objectOf, textOf} from '../json/json-values.js';
import {plainName, View} from '../json/view.js';
import {lineNames} from '../roles/line-names.js';
import {holdsMessages} from '../roles/message-members.js';
import {tableRowsIn} from './table-rows.js';

/** A line inside a JSON object by another writer. */
type EnvelopedLine = {
	/** The line; undefined if the writer omitted it. */
	readonly text: string | undefined;
	/** Distinguishes processes that share a file. */
	readonly stream: string;
	/** True if it is so long that this writer may have split it; then only the last part ends with a newline. */
	readonly splits: boolean;
};

/** Docker splits lines into parts of this many bytes; shorter ones without a newline were trimmed by a collector. */
export const dockerPart = 16 * 1024;

const streamNames = [
	'stream',
	'app_name',
	'process_id',
	'_HOSTNAME',
	'_PID',
	'container_name',
	'_container_name',
	'kubernetes.pod_name',
	'pod_name',
	'logStreamName',
] as const;

/** The arguments of a console call, as reported by Cloudflare Workers. */
const isArguments = (value: readonly unknown[]): boolean =>
	value.length > 0 && value.every(part => typeof part === 'string' || objectOf(part) !== undefined);

/** journald writes messages with control characters as byte numbers, and omits long ones. */
const messageOf = (value: unknown): string | undefined =>
	Array.isArray(value)
		? isArguments(value)
			? value.map(part => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')
			: Buffer.from(value.filter(byte => typeof byte === 'number')).toString('utf8')
		: typeof value === 'string'
			? value
			: undefined;

/** True for bytes of journald or the parts of a console's message, as opposed to a conversation. */
const isMessage = (value: readonly unknown[]): boolean =>
	value.every(part => typeof part === 'number') ||
	(isArguments(value) && !value.some(part => objectOf(part) !== undefined && 'role' in (part as JsonObject)));

/** The line inside an object that is not itself an event; undefined if there is none. */
export const openEnvelope = (value: JsonObject): EnvelopedLine | undefined => {
	const view = new View(value);
	const name = lineNames.find(({name: candidate}) => {
		const line = view.at(candidate);
		return (
			typeof line === 'string' ||
			(candidate === 'MESSAGE' && line === null) ||
			(plainName(candidate) === 'message' && Array.isArray(line) && isMessage(line))
		);
	})?.name;
	if (name === undefined) {
		return undefined;
	}
	const text = messageOf(view.at(name));
	return {
		text,
		stream: streamNames.map(part => textOf(view.at(part)) ?? '').join(''),
		splits: name === 'log' && typeof value.stream === 'string' && Buffer.byteLength(text ?? '') >= dockerPart,
	};
};

/** `[{field: '@message', value: '…'}]`, a row of a CloudWatch Insights query, as an object. */
const rowOf = (list: readonly unknown[]): JsonObject | undefined => {
	const cells = list.map(objectOf);
	return cells.length > 0 && cells.every(cell => typeof cell?.field === 'string' && cell.field !== '__proto__')
		? Object.fromEntries(cells.map(cell => [cell?.field as string, cell?.value]))
		: undefined;
};

/** `["1795773600123000000", "LINE"]`, an entry of Loki's responses, as an object. */
const entryOf = (list: readonly unknown[]): JsonObject | undefined =>
	(list.length === 2 || list.length === 3) && typeof list[0] === 'string' && /^\d{13,19}$/.test(list[0])
		? {timestamp: list[0], line: list[1]}
		: undefined;

/** An entry of a list: a record, a list of records, or the text of a line. */
export type Entry = JsonObject | readonly unknown[] | string;

/** The entries of a list, with rows of cells converted to records. */
export const entriesOf = (list: readonly unknown[]): readonly Entry[] =>
	list
		.map(entry => (Array.isArray(entry) ? (rowOf(entry) ?? entryOf(entry) ?? entry) : entry))
		.filter((entry): entry is Entry => typeof entry === 'string' || (typeof entry === 'object' && entry !== null));

/** Maximum depth of a document's list of records: `data.result[].values[]`. */
const deepest = 4;
const mostObjects = 100;

/** The lists of records in a document: a response of a server, or an exported file. */
export const listsIn = (document: JsonObject): readonly (readonly unknown[])[] => {
	const lists: (readonly unknown[])[] = [];
	let level: readonly JsonObject[] = [document];
	for (let depth = 0; depth < deepest && level.length > 0; depth++) {
		const next: JsonObject[] = [];
		for (const object of level.slice(0, mostObjects)) {
			const rows = tableRowsIn(object);
			if (rows) {
				lists.push(rows);
				continue;
			}
			for (const [name, value] of Object.entries(object)) {
				if (holdsMessages(name, value) || plainName(name) === 'attributes') {
					continue;
				}
				const inner = objectOf(value);
				if (inner) {
					next.push(inner);
				} else if (listOf(value).some(entry => typeof entry === 'object' && entry !== null)) {
					lists.push(listOf(value));
				}
			}
		}
		level = next;
	}
	return lists;
};

/** The inner objects in which a collector stored what it parsed, nearest first: `jsonPayload`, `_source`. */
export const objectsInside = (value: JsonObject): readonly JsonObject[] => {
	const direct = Object.entries(value)
		.filter(([name, inner]) => !holdsMessages(name, inner))
		.map(([, inner]) => objectOf(inner))
		.filter(inner => inner !== undefined)
		.slice(0, mostObjects);
	return [
		...direct,
		...direct.flatMap(inner =>
			Object.values(inner)
				.map(objectOf)
				.filter(deep => deep !== undefined),
		),
	].slice(0, mostObjects);
};

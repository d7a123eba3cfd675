import {type JsonObject, listOf, objectOf, textOf} from '../json/json-values.js';
import {plainName, View} from '../json/view.js';
import {lineNames} from '../roles/line-names.js';
import {isConversation} from '../roles/message-members.js';

/** A line inside a JSON object that some other writer put around it. */
type EnvelopedLine = {
	/** The line; undefined where the writer left it out. */
	readonly text: string | undefined;
	/** Tells processes apart that share a file. */
	readonly stream: string;
	/** It is so long that this writer may have split it; it then ends only the last part with a newline. */
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

/** What a console was given, part by part, as Cloudflare's Workers tell it. */
const isArguments = (value: readonly unknown[]): boolean =>
	value.length > 0 && value.every(part => typeof part === 'string' || objectOf(part) !== undefined);

/** journald writes what holds control characters as byte numbers, and nothing where it is long. */
const messageOf = (value: unknown): string | undefined =>
	Array.isArray(value)
		? isArguments(value)
			? value.map(part => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ')
			: Buffer.from(value.filter(byte => typeof byte === 'number')).toString('utf8')
		: typeof value === 'string'
			? value
			: undefined;

/** Bytes of journald, or the parts of a console's message: no conversation. */
const isMessage = (value: readonly unknown[]): boolean =>
	value.every(part => typeof part === 'number') ||
	(isArguments(value) && !value.some(part => objectOf(part) !== undefined && 'role' in (part as JsonObject)));

/** The line inside an object that is not itself an event; undefined where it holds none. */
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

/** `["1795773600123000000", "LINE"]`, an entry of Loki's answers, as an object. */
const entryOf = (list: readonly unknown[]): JsonObject | undefined =>
	(list.length === 2 || list.length === 3) && typeof list[0] === 'string' && /^\d{13,19}$/.test(list[0])
		? {timestamp: list[0], line: list[1]}
		: undefined;

/** One entry of a list: a record of its own, a list of such, or the text of a line. */
export type Entry = JsonObject | readonly unknown[] | string;

/** The entries of a list, each brought into the form of a record where it is a row of cells. */
export const entriesOf = (list: readonly unknown[]): readonly Entry[] =>
	list
		.map(entry => (Array.isArray(entry) ? (rowOf(entry) ?? entryOf(entry) ?? entry) : entry))
		.filter((entry): entry is Entry => typeof entry === 'string' || (typeof entry === 'object' && entry !== null));

/** How deep in a document its list of records may stand: `data.result[].values[]`. */
const deepest = 4;
const mostObjects = 100;

/** The lists of records in a document: an answer of a server, the file of an export. */
export const listsIn = (document: JsonObject): readonly (readonly unknown[])[] => {
	const lists: (readonly unknown[])[] = [];
	let level: readonly JsonObject[] = [document];
	for (let depth = 0; depth < deepest && level.length > 0; depth++) {
		const next: JsonObject[] = [];
		for (const object of level.slice(0, mostObjects)) {
			for (const [name, value] of Object.entries(object)) {
				if (isConversation(name) || plainName(name) === 'attributes') {
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

/** The objects in an object in which a collector put what it had parsed, the nearest first: `jsonPayload`, `_source`. */
export const objectsInside = (value: JsonObject): readonly JsonObject[] => {
	const direct = Object.entries(value)
		.filter(([name]) => !isConversation(name))
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

import {plainName} from '../json/view.js';
import {isLikelyTime} from '../roles/call-times.js';
import {lineNames} from '../roles/line-names.js';
import {roleNames, row} from '../roles/role-names.js';
import {callCounts, callCountsAround} from '../usage/call.js';
import {ungrouped} from '../usage/groups.js';
import {shapes} from '../usage/shapes/table.js';

/** Every name that a member may have in one of these paths, whether written with dots or nested. */
const namesIn = (paths: Iterable<string>): Set<string> => {
	const names = new Set<string>();
	for (const path of paths) {
		const segments = plainName(path).split('.');
		for (let from = 0; from < segments.length; from++) {
			for (let behind = from + 1; behind <= segments.length; behind++) {
				names.add(segments.slice(from, behind).join('.'));
			}
		}
	}
	return names;
};

/**
 * What a reader does with the value of a member, by the member's name. `copied`: uses its text unchanged; `compared`:
 * compares it with known words, so it must be the same in all lines of a layout; `counted`: a number of tokens;
 * `timed`, `lasting`: a time, a duration; `worded`: distinguishes loggers; `unread`: no reader knows the name.
 */
export type NameUse = 'copied' | 'compared' | 'counted' | 'timed' | 'lasting' | 'worded' | 'unread';

/** Names by what readers do with their values. */
type KnownNames = {
	readonly uses: ReadonlyMap<string, NameUse>;
	/** Names of the time at which a call was sent. */
	readonly starts: ReadonlySet<string>;
	/** Names of identities, which readers interpret depending on their form. */
	readonly identities: ReadonlySet<string>;
	/** Names of lines that a collector carries. */
	readonly lines: ReadonlySet<string>;
	/** Names of texts with which readers of LiteLLM's rows do more than copy them. */
	readonly interpreted: ReadonlySet<string>;
};

/** Names of identities, which readers interpret depending on their form. */
const identityNames = (): ReadonlySet<string> =>
	namesIn([
		...roleNames.id,
		...roleNames.request,
		...row,
		'trace_id',
		'span_id',
		'parent_span_id',
		'parent_id',
		'user_id',
	]);

/** Names only in rows of LiteLLM. */
const projectsOfRows = ['user_api_key_team_alias', 'user_api_key_alias', 'user_api_key_team_id'];

/** Names whose text becomes part of a call unchanged. */
const copiedNames = (identities: ReadonlySet<string>): ReadonlySet<string> => {
	const {thread, project, agent, model, requestedModel, provider} = roleNames;
	return new Set([
		...namesIn([thread, project, agent, model, requestedModel, provider, projectsOfRows].flat()),
		...identities,
	]);
};

/** Names whose values readers compare with known words. */
const comparedNames = (): ReadonlySet<string> => {
	const {time, start, milliseconds, thread, project, agent, model, requestedModel, id, request, provider, ...others} =
		roleNames;
	return namesIn([
		...Object.values(others).flat(),
		...['gen_ai.operation.name', 'openinference.span.kind', 'operation.name', 'ai.operationId'],
		...['type', 'event', 'name', 'logger', 'logger_name', 'schemaType'],
		...['iterations', 'spans', 'attributes', 'body', 'resource'],
		...[...callCounts, ...callCountsAround],
		...['call_type', 'cache_hit', 'api_base', 'attempted_retries', 'attempted_fallbacks'],
		...['resourceSpans', 'resourceLogs', 'key', 'value', 'stringValue', 'intValue', 'doubleValue', 'boolValue'],
	]);
};

/** Names of numbers of tokens. */
const countedNames = (): ReadonlySet<string> =>
	namesIn(
		shapes.flatMap(
			({input, tells, read = [], missed = [], write = [], writeOneHour = [], output = [], total = [], ...rest}) => [
				...[input, tells, read, missed, write, writeOneHour, output, total].flat(2),
				...[rest.writesByLifetime ?? [], rest.zerosLeftOut ?? [], rest.under ?? [], rest.beside?.holders ?? []].flat(),
				...[rest.beside?.read ?? [], rest.beside?.write ?? []].flat(2),
			],
		),
	);

const collect = (): KnownNames => {
	const {time, start, milliseconds} = roleNames;
	const identities = identityNames();
	const uses: readonly (readonly [ReadonlySet<string>, NameUse])[] = [
		[countedNames(), 'counted'],
		[namesIn([...time, ...start]), 'timed'],
		[namesIn(milliseconds), 'lasting'],
		[copiedNames(identities), 'copied'],
		// Names of messages, which distinguish loggers.
		[namesIn(['msg', 'message']), 'worded'],
	];
	const known = new Map<string, NameUse>();
	for (const [names, use] of uses) {
		for (const name of names) {
			known.set(name, known.has(name) ? 'compared' : use);
		}
	}
	for (const name of comparedNames()) {
		known.set(name, 'compared');
	}
	return {
		uses: known,
		starts: namesIn(start),
		identities,
		lines: namesIn(lineNames.map(({name}) => name)),
		interpreted: namesIn(['model', 'custom_llm_provider']),
	};
};

let collected: KnownNames | undefined;

/** Collected when the first layout is learnt: a report of a log that has not changed learns none. */
const knownNames = (): KnownNames => {
	collected ??= collect();
	return collected;
};

/** @param name as written; one that looks like the name of a time is treated as such */
export const nameUse = (name: string): NameUse => {
	const plain = plainName(name);
	const {uses} = knownNames();
	const use = uses.get(plain) ?? (isLikelyTime(name) ? 'timed' : undefined);
	// Names with dots may be read as if they were nested.
	return (
		use ??
		ungrouped(plain)
			.map(rest => uses.get(rest))
			.find(other => other !== undefined) ??
		'unread'
	);
};

/** True for names of the time at which a call was sent. */
export const isStart = (name: string): boolean => knownNames().starts.has(plainName(name));

/** True if readers interpret a text with this name depending on its form. */
export const hasForm = (name: string): boolean => knownNames().identities.has(plainName(name));

/** True if the value with this name may be a line carried by a collector. */
export const mayBeLine = (name: string): boolean => knownNames().lines.has(plainName(name));

/** True if readers of LiteLLM's rows do more with a text of this name than copy it. */
export const isInterpreted = (name: string): boolean => knownNames().interpreted.has(plainName(name));

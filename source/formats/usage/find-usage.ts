import {type JsonObject, listOf, objectOf} from '../json/json-values.js';
import {objectIn, plainName, View} from '../json/view.js';
import {isLine} from '../roles/line-names.js';
import {holdsMessages} from '../roles/message-members.js';
import type {Counts} from './counts.js';
import {groupsIn} from './groups.js';
import type {Shape} from './shapes/shape.js';
import {readUsage} from './shapes/table.js';

/** A usage object and its place in the line. */
export type FoundUsage = {
	readonly shape: Shape;
	readonly counts: Counts;
	/** The objects around the usage, outermost first, ending with the usage itself. */
	readonly path: readonly View[];
};

const deepest = 6;
const mostObjects = 500;

/** Matches names of sums next to the usage of a call; Codex's `total` stands next to the `last` one. */
const sum = /^(?:total|cumulative|accumulated|aggregated?|session|overall|running|lifetime).*usage|usage.*total/;
const providerMetadata = 'providermetadata';

/**
 * True for objects about many calls: what hitrate itself writes (a report, one of its groups, the figures of an alert),
 * or a task's entry in the history of Cline and its forks. In a log they are not calls.
 */
const sumsUpCalls = (object: JsonObject): boolean =>
	('total_events' in object && 'cache_hits' in object) || ('tokensIn' in object && 'task' in object);

/** Matches names of what may be used, or what it costs, not of what was used. */
const limits = /^limits?$|(?:rate|token|usage)limits?|quota|budget|^(?:model)?pric(?:es|ing)$/;

type Place = {readonly view: View; readonly name: string | undefined; readonly path: readonly View[]};
type Candidate = FoundUsage & {readonly rank: number};

/** Ranks several usages in a line: the provider's own wording, usage with cache counts, usage without, sums. */
const rankOf = (counts: Counts, {name, path}: Place, isRaw: boolean): number => {
	if (sum.test(plainName(name ?? '')) || (name === 'total' && objectOf(path.at(-1)?.object.last))) {
		return 0;
	}
	if (counts.cacheUnknown) {
		return 1;
	}
	return isRaw && path.length > 1 ? 3 : 2;
};

/**
 * The usage of the call that a line reports. Searches nested objects, outermost first, for objects of a usage shape.
 * Lists are skipped: they contain other calls, or parts of a conversation.
 */
export const findUsage = (line: JsonObject): FoundUsage | undefined => {
	const places: Place[] = [{view: new View(line), name: undefined, path: []}];
	const raw = new Set<View>();
	let best: Candidate | undefined;
	for (let index = 0; index < places.length && index < mostObjects; index++) {
		const place = places[index] as Place;
		const {view, name} = place;
		if (sumsUpCalls(view.object) || (name !== undefined && limits.test(plainName(name)))) {
			continue;
		}
		const path = [...place.path, view];
		const around = [...place.path].reverse();
		const read = readUsage(view, name, around);
		if (read) {
			const rank = rankOf(read.counts, place, raw.has(view));
			if (best === undefined || rank > best.rank) {
				best = {...read, path, rank};
			}
		}
		if (path.length <= deepest) {
			for (const {name: group, members} of read && !read.counts.cacheUnknown ? [] : groupsIn(view)) {
				places.push({view: new View(members), name: group, path});
			}
			for (const [key, value] of Object.entries(view.object)) {
				const inner = holdsMessages(key, value) ? inChoice(key, value) : (objectOf(value) ?? quotedObject(key, value));
				if (inner) {
					const child = new View(inner);
					places.push({view: child, name: key, path});
					if (raw.has(view) || plainName(key).endsWith(providerMetadata)) {
						raw.add(child);
					}
				}
			}
		}
		if (best && best.rank >= 2 && raw.size === 0) {
			break;
		}
	}
	return best;
};

/** The usage that Moonshot reports in the choice of a stream's last chunk, as the object around it. */
const inChoice = (name: string, value: unknown): JsonObject | undefined => {
	const usage = name === 'choices' ? objectOf(objectOf(listOf(value)[0])?.usage) : undefined;
	return usage && {usage};
};

/** A response body or metadata in quotes, if it may contain usage. */
const quotedObject = (name: string, value: unknown): JsonObject | undefined =>
	typeof value === 'string' && value.startsWith('{') && /token/i.test(value) && !isLine(name)
		? objectIn(value)
		: undefined;

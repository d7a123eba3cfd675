import type {Break} from '../breaks/breaks.js';

/** A place is named if it accounts for at least this share of the loss, 0–1. */
const mostOf = 0.5;

/** Shortens ids to their beginning, as on the screen, and folders to their last segment. */
const brief = (name: string): string => {
	const last = name.split(/[\\/]/).findLast(part => part !== '') ?? name;
	return /^[\da-f]{8}-[\da-f-]{20,}/i.test(last) ? last.slice(0, 8) : last.length > 40 ? `${last.slice(0, 39)}…` : last;
};

type Dimension = 'project' | 'thread';

const largest = (breaks: readonly Break[], dimension: Dimension) => {
	const sums = new Map<string, number>();
	let total = 0;
	for (const found of breaks) {
		const name = found.request[dimension];
		total += found.lostTokens;
		if (name !== undefined) {
			sums.set(name, (sums.get(name) ?? 0) + found.lostTokens);
		}
	}
	const [name, lost = 0] = [...sums].sort(([, one], [, other]) => other - one)[0] ?? [];
	return {name, isMost: lost >= total * mostOf && total > 0, count: sums.size};
};

/** Where breaks happened, as a suffix: ` (most in thread 79c6a0ad)`; empty if no place stands out. */
export const placeOf = (breaks: readonly Break[]): string => {
	const [thread, project] = [largest(breaks, 'thread'), largest(breaks, 'project')];
	if (thread.name !== undefined && thread.isMost) {
		return ` (${thread.count === 1 ? '' : 'most '}in thread ${brief(thread.name)})`;
	}
	if (project.name !== undefined && project.isMost && project.count > 1) {
		return ` (most in project ${brief(project.name)})`;
	}
	return thread.count > 1 ? ` (in ${thread.count} threads)` : '';
};

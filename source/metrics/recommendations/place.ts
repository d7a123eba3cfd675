import type {Break} from '../breaks/breaks.js';

/** Share of the loss, 0–1, from which on a place is named. */
const mostOf = 0.5;

/** Ids are told by their beginning, as on the screen; folders by their last name. */
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

/** Where breaks happened, to be put behind what they are: ` (most in thread 79c6a0ad)`; empty if nothing tells. */
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

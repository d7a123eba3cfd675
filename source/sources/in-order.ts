import type {Source} from './source.js';

/** Begins to follow sources: the primary ones, then the secondary ones, which add to what those told. */
export const inOrder = async (sources: readonly Source[], follow: (source: Source) => Promise<void>): Promise<void> => {
	await Promise.all(sources.filter(({isSecondary}) => !isSecondary).map(follow));
	await Promise.all(sources.filter(({isSecondary}) => isSecondary).map(follow));
};

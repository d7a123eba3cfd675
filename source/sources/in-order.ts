import type {Source} from './source.js';

/** Starts to follow sources: primary ones first, then secondary ones, which add to what those report. */
export const inOrder = async (sources: readonly Source[], follow: (source: Source) => Promise<void>): Promise<void> => {
	await Promise.all(sources.filter(({isSecondary}) => !isSecondary).map(follow));
	await Promise.all(sources.filter(({isSecondary}) => isSecondary).map(follow));
};

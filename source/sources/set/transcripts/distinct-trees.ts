import {basename, dirname} from 'node:path';
import {isWithin} from '../../agents/find-places.js';
import {realPathOf} from '../../real-path.js';
import {isTranscript, type TranscriptFolder} from './transcripts.js';

/** Trees without those inside others. */
export const distinctTrees = (trees: readonly TranscriptFolder[]): TranscriptFolder[] => {
	const real = trees.map(({path}) => realPathOf(path));
	return trees.filter((_tree, index) =>
		real.every(
			(other, at) =>
				at === index ||
				!isWithin(real[index] as string, other) ||
				// Of two equal ones, the first is kept.
				(other === real[index] && at > index),
		),
	);
};

/** True if a file is read as part of a tree. */
export const isInTree = (path: string, tree: TranscriptFolder): boolean =>
	isWithin(realPathOf(path), realPathOf(tree.path)) && isTranscript(dirname(path), basename(path));

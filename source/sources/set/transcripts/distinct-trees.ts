import {basename, dirname} from 'node:path';
import {isWithin} from '../../agents/find-places.js';
import {realPathOf} from '../../real-path.js';
import {isTranscript, type TranscriptFolder} from './transcripts.js';

/** Trees without those that are within others. */
export const distinctTrees = (trees: readonly TranscriptFolder[]): TranscriptFolder[] => {
	const real = trees.map(({path}) => realPathOf(path));
	return trees.filter((_tree, index) =>
		real.every(
			(other, at) =>
				at === index ||
				!isWithin(real[index] as string, other) ||
				// Of two that are the same, the first one named.
				(other === real[index] && at > index),
		),
	);
};

/** Whether a file is read with a tree. */
export const isInTree = (path: string, tree: TranscriptFolder): boolean =>
	isWithin(realPathOf(path), realPathOf(tree.path)) && isTranscript(dirname(path), basename(path));

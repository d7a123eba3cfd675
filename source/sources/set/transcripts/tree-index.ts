import type {Log} from '../../../log.js';
import type {Position} from '../../file/position.js';
import type {SourceSink} from '../../source.js';
import type {TreeFile} from './tree-file.js';

/** What all folders of a tree share. */
export type TreeIndex = {
	readonly sink: SourceSink;
	/** Where an earlier reading of a log ended; asked once for each. */
	readonly resume: (log: Log) => Position | undefined;
	/** All its files by the ids of their logs. */
	readonly files: Map<string, TreeFile>;
};

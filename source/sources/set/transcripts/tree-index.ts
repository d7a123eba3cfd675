import type {Log} from '../../../log.js';
import type {Position} from '../../file/position.js';
import type {SourceSink} from '../../source.js';
import type {TreeFile} from './tree-file.js';

/** What all folders of a tree share. */
export type TreeIndex = {
	readonly sink: SourceSink;
	/** Where an earlier reading of a log ended; asked when it is looked at, and when it is read. */
	readonly resume: (log: Log) => Position | undefined;
	/** All its files by the ids of their logs. */
	readonly files: Map<string, TreeFile>;
};

import type {LogFolder} from './log-folder.js';
import type {SetLog} from './set-log.js';

/** What a listing found to be other than before. */
export type Found = {
	/** Logs that were not known, and those whose file bears another name by now. */
	readonly logs: readonly SetLog[];
	/** Folders that were not known. */
	readonly folders: readonly LogFolder[];
	/** Those of them that have not been listed. */
	readonly unlisted: readonly LogFolder[];
	/** Folders that are there no more; what was in them was forgotten with them. */
	readonly gone: readonly LogFolder[];
	/** Folders that have taken the place of others, or have only come to be. */
	readonly replaced: readonly LogFolder[];
};

/** The logs of a set, and the folders they are in or may come to, as of the last listing. */
export type Catalogue = {
	/** By their ids. */
	readonly logs: ReadonlyMap<string, SetLog>;
	readonly folders: Iterable<LogFolder>;
	/** Takes note of what came and went in some of its folders. */
	list(folders: readonly LogFolder[]): Promise<Found>;
};

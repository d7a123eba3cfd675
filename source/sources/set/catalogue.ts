import type {LogFolder} from './log-folder.js';
import type {SetLog} from './set-log.js';

/** The changes found by a listing. */
export type Found = {
	/** New logs, and logs whose file was renamed. */
	readonly logs: readonly SetLog[];
	/** New folders. */
	readonly folders: readonly LogFolder[];
	/** The new folders that have not been listed yet. */
	readonly unlisted: readonly LogFolder[];
	/** Folders that no longer exist, and whose logs were dropped. */
	readonly gone: readonly LogFolder[];
	/** Folders that replaced others, or have just appeared. */
	readonly replaced: readonly LogFolder[];
};

/** The logs of a set, and their folders, as of the last listing. */
export type Catalogue = {
	/** By log id. */
	readonly logs: ReadonlyMap<string, SetLog>;
	readonly folders: Iterable<LogFolder>;
	/** Lists some of its folders. */
	list(folders: readonly LogFolder[]): Promise<Found>;
	/** Drops a log that will not be looked at again. */
	forget(id: string): void;
};

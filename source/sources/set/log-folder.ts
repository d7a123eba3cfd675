import {statsAt} from '../../system/stats-at.js';
import {type ChangeStamp, isUnchanged, stampOf} from '../file/change-stamp.js';
import {rotatedFrom} from '../file/history/rotated-name.js';
import type {SetLog} from './set-log.js';

/** A folder that logs of a set are in, or may come to. */
export class LogFolder {
	/** By the names of their files. */
	readonly logs = new Map<string, SetLog>();
	#stamp: ChangeStamp | undefined;
	#isThere = false;

	constructor(readonly path: string) {}

	/** It was there when it was listed. */
	protected get isThere(): boolean {
		return this.#isThere;
	}

	/** Epoch milliseconds of the latest change in it. */
	get active(): number {
		let latest = this.#stamp?.changed ?? 0;
		for (const {modified} of this.logs.values()) {
			latest = Math.max(latest, modified);
		}

		return latest;
	}

	/** Logs that something which happened to a name is news of. */
	concerned(name: string): SetLog[] {
		return [name, ...rotatedFrom(name)].flatMap(some => this.logs.get(some) ?? []);
	}

	/** Names may have come or gone since it was listed. */
	isChanged(): boolean {
		const stats = statsAt(this.path);
		return stats === undefined ? this.#stamp !== undefined : !isUnchanged(this.#stamp, stampOf(stats));
	}

	/** It is about to be listed. Returns whether another folder has taken its place, or it has only come to be. */
	listing(): boolean {
		const stats = statsAt(this.path);
		const before = this.#stamp;
		this.#stamp = stats && stampOf(stats);
		this.#isThere = stats?.isDirectory() === true;
		return stats !== undefined && before?.inode !== stats.ino;
	}
}

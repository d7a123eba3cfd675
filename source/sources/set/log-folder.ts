import {statsAt} from '../../system/stats-at.js';
import {type ChangeStamp, isUnchanged, stampOf} from '../file/change-stamp.js';
import {rotatedFrom} from '../file/history/rotated-name.js';
import type {SetLog} from './set-log.js';

/** A folder with logs of a set, or in which logs may appear. */
export class LogFolder {
	/** By file name. */
	readonly logs = new Map<string, SetLog>();
	#stamp: ChangeStamp | undefined;
	#isThere = false;

	constructor(readonly path: string) {}

	/** True if the folder existed when it was listed. */
	protected get isThere(): boolean {
		return this.#isThere;
	}

	/** Time of the latest change in the folder, in epoch milliseconds. */
	get active(): number {
		let latest = this.#stamp?.changed ?? 0;
		for (const {modified} of this.logs.values()) {
			latest = Math.max(latest, modified);
		}

		return latest;
	}

	/** The logs that an event about a name concerns. */
	concerned(name: string): SetLog[] {
		return [name, ...rotatedFrom(name)].flatMap(some => this.logs.get(some) ?? []);
	}

	/** True if names may have appeared or disappeared since the last listing. */
	isChanged(): boolean {
		const stats = statsAt(this.path);
		return stats === undefined ? this.#stamp !== undefined : !isUnchanged(this.#stamp, stampOf(stats));
	}

	/** Called before a listing. Returns true if another folder has replaced it, or it has just appeared. */
	listing(): boolean {
		const stats = statsAt(this.path);
		const before = this.#stamp;
		this.#stamp = stats && stampOf(stats);
		this.#isThere = stats?.isDirectory() === true;
		return stats !== undefined && before?.inode !== stats.ino;
	}
}

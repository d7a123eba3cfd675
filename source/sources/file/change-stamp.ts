import type {Stats} from 'node:fs';

/** Detects changes of a file or folder without opening it. */
export type ChangeStamp = {
	readonly inode: number;
	readonly size: number;
	/** Time of the last change of content, name or permissions, in epoch milliseconds. */
	readonly changed: number;
	/** True if the file system's clock has ticked since: a later change will be visible. */
	readonly settled: boolean;
};

/** Milliseconds within which two changes may have the same time. */
const tick = 100;

/** The stamp of stats that were just taken. */
export const stampOf = ({ino, size, ctimeMs}: Stats): ChangeStamp => ({
	inode: ino,
	size,
	changed: ctimeMs,
	settled: Math.abs(Date.now() - ctimeMs) > tick,
});

/** True if there was certainly no change between the two. */
export const isUnchanged = (before: ChangeStamp | undefined, now: ChangeStamp): boolean =>
	before?.settled === true && before.inode === now.inode && before.size === now.size && before.changed === now.changed;

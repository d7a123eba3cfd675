import type {Stats} from 'node:fs';

/** What tells, without opening it, whether a file or a folder is other than it was. */
export type ChangeStamp = {
	readonly inode: number;
	readonly size: number;
	/** Epoch milliseconds of the last change of contents, name or permissions. */
	readonly changed: number;
	/** The clock of the file system has ticked since: a change after this one shows. */
	readonly settled: boolean;
};

/** Milliseconds within which two changes may carry the same time. */
const tick = 100;

/** The stamp of what a look at it told just now. */
export const stampOf = ({ino, size, ctimeMs}: Stats): ChangeStamp => ({
	inode: ino,
	size,
	changed: ctimeMs,
	settled: Math.abs(Date.now() - ctimeMs) > tick,
});

/** Surely nothing changed between the two. */
export const isUnchanged = (before: ChangeStamp | undefined, now: ChangeStamp): boolean =>
	before?.settled === true && before.inode === now.inode && before.size === now.size && before.changed === now.changed;

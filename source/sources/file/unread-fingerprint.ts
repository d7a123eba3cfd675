import {fstatSync} from 'node:fs';
import {type ChangeStamp, isUnchanged, stampOf} from './change-stamp.js';
import {copyEvidence} from './known-files.js';
import {type OpenFile, readBytes} from './open-file.js';
import {headLength, matches, type Position, positionAt} from './position.js';

const newline = 10;

/**
 * What a file of which nothing was read looked like when the files beside it were looked through. Its content may be
 * copied away and emptied before it is read: then this tells so, and by what to know the copy.
 */
export class UnreadFingerprint {
	/** All that was in it. */
	readonly position: Position;
	/** The first bytes, at most 1024. */
	readonly head: Buffer;
	readonly #stamp: ChangeStamp;

	constructor(private readonly file: OpenFile) {
		const stats = fstatSync(file.descriptor);
		this.#stamp = stampOf(stats);
		this.head = readBytes(file, 0, Math.min(stats.size, headLength));
		this.position = positionAt(file, stats.size);
	}

	/** There was enough in it to know that what it holds later is that and what came after. */
	get isTelling(): boolean {
		return this.position.offset >= copyEvidence || this.head.includes(newline);
	}

	/** What was seen is still there. */
	isThere(): boolean {
		return matches(this.file, this.position);
	}

	/** Content may have come and gone since. */
	isOutdated(): boolean {
		const isSure = this.position.offset >= copyEvidence && this.isThere();
		return !isSure && !isUnchanged(this.#stamp, stampOf(fstatSync(this.file.descriptor)));
	}
}

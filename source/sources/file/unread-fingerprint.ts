import {fstatSync} from 'node:fs';
import {type ChangeStamp, isUnchanged, stampOf} from './change-stamp.js';
import {copyEvidence} from './known-files.js';
import {type OpenFile, readBytes} from './open-file.js';
import {headLength, matches, type Position, positionAt} from './position.js';

const newline = 10;

/**
 * The state of an unread file when its neighbours were searched. Its content may be copied away and truncated before it
 * is read; the fingerprint detects that, and identifies the copy.
 */
export class UnreadFingerprint {
	/** The position at its end. */
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

	/** True if there was enough content to recognise later content as its continuation. */
	get isTelling(): boolean {
		return this.position.offset >= copyEvidence || this.head.includes(newline);
	}

	/** True if the content is still there. */
	isThere(): boolean {
		return matches(this.file, this.position);
	}

	/** True if content may have come and gone since. */
	isOutdated(): boolean {
		const isSure = this.position.offset >= copyEvidence && this.isThere();
		return !isSure && !isUnchanged(this.#stamp, stampOf(fstatSync(this.file.descriptor)));
	}
}

import type {Source} from '../sources/source.js';
import type {Behind, Snapshot} from './snapshot.js';

/** Bytes up to which a backlog is not shown, because it disappears before anyone would notice. */
const leastBehind = 1 << 20;

/** The progress of reading, and its lag behind the logs. */
export class ReadingProgress {
	#sources: readonly Source[] = [];
	/** Epoch milliseconds. */
	#started = 0;
	/** When reading fell behind, and by how many bytes at that time. */
	#behindSince: {readonly time: number; readonly bytes: number} | undefined;

	get sources(): readonly Source[] {
		return this.#sources;
	}

	/** Starts to measure. */
	start(sources: readonly Source[], now: number): void {
		this.#sources = sources;
		this.#started = now;
	}

	/** The bytes that existed at the start, and how many of them have been read. */
	progress(now: number): Snapshot['progress'] {
		let done = 0;
		let total = 0;
		for (const {progress} of this.#sources) {
			done += progress.done;
			total += progress.total;
		}
		const seconds = (now - this.#started) / 1000;
		return {done, total, rate: done > 0 && seconds > 0 ? done / seconds : undefined};
	}

	/** The lag behind live logs; to be called only after everything that existed at the start has been read. */
	behind(now: number): Behind | undefined {
		const bytes = this.#sources.reduce((sum, {progress}) => sum + (progress.behind ?? 0), 0);
		if (bytes < leastBehind) {
			this.#behindSince = undefined;
			return undefined;
		}
		this.#behindSince ??= {time: now, bytes};
		const since = this.#behindSince;
		const rate = ((since.bytes - bytes) / Math.max(1, now - since.time)) * 1000;
		return {bytes, rate: rate > 0 ? rate : undefined};
	}
}

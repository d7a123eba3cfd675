import type {Source} from '../sources/source.js';
import type {Behind, Snapshot} from './snapshot.js';

/** A backlog of fewer bytes is not shown: it is read before anybody would notice it. */
const leastBehind = 1 << 20;

/** How far the reading of sources is, and how far it lags behind the logs. */
export class ReadingProgress {
	#sources: readonly Source[] = [];
	/** Epoch milliseconds. */
	#started = 0;
	/** When reading fell behind, and by how many bytes. */
	#behindSince: {readonly time: number; readonly bytes: number} | undefined;

	get sources(): readonly Source[] {
		return this.#sources;
	}

	/** Reading begins. */
	start(sources: readonly Source[], now: number): void {
		this.#sources = sources;
		this.#started = now;
	}

	/** What there was to read at the start, and what of it has been read. */
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

	/** How far reading lags behind what is written; asked only when all that was there at the start has been read. */
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

import type {Thread} from '../../../metrics/breaks/chain.js';
import type {Connection} from '../file/connection.js';
import type {Checkpoint, Place} from '../write/thread-progress.js';

/**
 * A recent checkpoint of each thread that is long or expected to continue: with it, the next process continues
 * counting.
 */
export class CheckpointTable {
	readonly #database: Connection;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Undefined if the thread has to be counted from its beginning. */
	of(thread: number): Checkpoint | undefined {
		const found = this.#database.row('SELECT time, state FROM checkpoint WHERE thread = ?', [thread]);
		if (!found) {
			return undefined;
		}
		const [time, state] = found;
		return {time: time as number, thread: JSON.parse(state as string) as Thread<Place>};
	}

	set(thread: number, checkpoint: Checkpoint | undefined): void {
		if (checkpoint) {
			const {time, thread: state} = checkpoint;
			this.#database.run('INSERT OR REPLACE INTO checkpoint (thread, time, state) VALUES (?, ?, ?)', [
				thread,
				time,
				JSON.stringify(state),
			]);
		} else {
			this.#database.run('DELETE FROM checkpoint WHERE thread = ?', [thread]);
		}
	}

	clear(): void {
		this.#database.run('DELETE FROM checkpoint');
	}
}

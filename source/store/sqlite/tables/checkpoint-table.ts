import type {Thread} from '../../../metrics/breaks/chain.js';
import type {Connection} from '../file/connection.js';
import type {Checkpoint, Place} from '../write/thread-progress.js';

/** The newest checkpoint of each long thread: what a process that ends hands to the next. */
export class CheckpointTable {
	readonly #database: Connection;

	constructor(database: Connection) {
		this.#database = database;
	}

	/** Undefined for a thread that is counted from its beginning. */
	of(thread: number): Checkpoint | undefined {
		const found = this.#database.row('SELECT time, row, state FROM checkpoint WHERE thread = ?', [thread]);
		if (!found) {
			return undefined;
		}
		const [time, row, state] = found;
		return {time: time as number, row: row as number, thread: JSON.parse(state as string) as Thread<Place>};
	}

	set(thread: number, checkpoint: Checkpoint | undefined): void {
		if (checkpoint) {
			const {time, row, thread: state} = checkpoint;
			this.#database.run('INSERT OR REPLACE INTO checkpoint (thread, time, row, state) VALUES (?, ?, ?, ?)', [
				thread,
				time,
				row,
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

import type {Log} from '../log.js';
import type {SourceProblem} from '../sources/source.js';

/** What is over as soon as lines come again. */
const passing = ['missing', 'unreadable', 'watch-failed', 'command-failed'] as const;
const most = 200;

/** What went wrong: the latest of each kind and place, and of many the newest. */
export class Problems {
	readonly #byPlace = new Map<string, SourceProblem>();

	get all(): readonly SourceProblem[] {
		return [...this.#byPlace.values()];
	}

	note(problem: SourceProblem): void {
		const place = `${problem.kind} ${problem.name}`;
		const before = this.#byPlace.get(place)?.count ?? 0;
		this.#byPlace.set(place, {...problem, count: Math.max(before, problem.count)});
		const [oldest] = this.#byPlace.keys();
		if (this.#byPlace.size > most && oldest !== undefined) {
			this.#byPlace.delete(oldest);
		}
	}

	/** A log was looked at, and there is a file. */
	isThere({name}: Log): void {
		this.#byPlace.delete(`missing ${name}`);
	}

	/** Lines of a log came: what kept them from coming is over. */
	linesCame({name}: Log): void {
		if (this.#byPlace.size > 0) {
			for (const kind of passing) {
				this.#byPlace.delete(`${kind} ${name}`);
			}
		}
	}
}

import type {Log} from '../log.js';
import type {SourceProblem} from '../sources/source.js';

/** Problems that end as soon as lines arrive. */
const passing = ['missing', 'unreadable', 'watch-failed', 'command-failed'] as const;
const most = 200;

/** The latest problem of each kind and place, and of many the newest. */
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

	/** The log's file exists. */
	isThere({name}: Log): void {
		this.#byPlace.delete(`missing ${name}`);
	}

	/** Lines of a log arrived: problems that prevented that are over. */
	linesCame({name}: Log): void {
		if (this.#byPlace.size > 0) {
			for (const kind of passing) {
				this.#byPlace.delete(`${kind} ${name}`);
			}
		}
	}
}

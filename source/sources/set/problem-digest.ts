import type {Log} from '../../log.js';
import type {LogFacts, SourceProblem, SourceSink} from '../source.js';

/** Number of problems of a kind that are reported individually; the others are only counted. */
const toldEach = 3;

type ReportedProblems = {readonly each: Set<string>; readonly others: Set<string>};

/** Forwards everything to a sink, but summarises the problems of thousands of files. */
export class ProblemDigest implements SourceSink {
	readonly #told = new Map<SourceProblem['kind'], ReportedProblems>();

	constructor(
		/** Name of the place with all the files. */
		private readonly name: string,
		private readonly sink: SourceSink,
	) {}

	lines(log: Log, bytes: Buffer, head: boolean, before?: number, count?: number): void {
		this.sink.lines(log, bytes, head, before, count);
	}

	caughtUp(facts: LogFacts): void {
		this.sink.caughtUp(facts);
	}

	unchanged(facts: LogFacts): void {
		if (this.sink.unchanged) {
			this.sink.unchanged(facts);
		} else {
			this.sink.caughtUp(facts);
		}
	}

	problem(problem: SourceProblem): void {
		const {kind, name, message} = problem;
		const told = this.#told.get(kind) ?? {each: new Set(), others: new Set()};
		this.#told.set(kind, told);
		if (told.each.has(name) || told.each.size < toldEach) {
			told.each.add(name);
			this.sink.problem(problem);
		} else if (!told.others.has(name)) {
			told.others.add(name);
			const count = told.others.size;
			this.sink.problem({
				kind,
				name: this.name,
				message: `${this.name}: the same with ${count} more, the last of them ${message}`,
				count,
			});
		}
	}
}

import type {Position} from '../file/position.js';
import {positionsIn} from '../positions.js';
import type {RemoteCursor} from '../remote-cursor.js';
import type {Source, SourceProgress, SourceSink} from '../source.js';
import type {Place} from './find-places.js';

/** What to follow of agents that are not there yet. */
type LaterOptions = {
	/** The places that agents may come to, and whether there is anything by now. */
	readonly find: () => readonly Place[];
	readonly open: (place: Place) => Source;
	/** Milliseconds between two looks: 5000. */
	readonly interval?: number;
};

/** Follows the agents that are installed, or used for the first time, while others are followed already. */
export class LaterAgents implements Source {
	/** Those that have come have names of their own. */
	readonly name = 'agents';
	readonly #options: LaterOptions;
	readonly #positions = positionsIn(() => this.#sources);
	/** By the paths of their places; of those that were there at the start, nothing. */
	readonly #followed = new Map<string, Source | undefined>();

	constructor(options: LaterOptions) {
		this.#options = options;
		for (const {path} of options.find()) {
			this.#followed.set(path, undefined);
		}
	}

	get progress(): SourceProgress {
		const all = this.#sources.map(({progress}) => progress);
		return {
			done: all.reduce((sum, {done}) => sum + done, 0),
			total: all.reduce((sum, {total}) => sum + total, 0),
		};
	}

	positionOf(log: string): Position | RemoteCursor | undefined {
		return this.#positions.positionOf(log);
	}

	rest(log: string): boolean {
		return this.#positions.onRest(log);
	}

	/** What is there is read by others. */
	async read(): Promise<void> {}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const ends: (() => Promise<void>)[] = [];
		let timer: NodeJS.Timeout | undefined;
		let looking = Promise.resolve();
		let isStopped = false;
		const come = async (place: Place) => {
			try {
				const source = this.#options.open(place);
				this.#followed.set(place.path, source);
				ends.push(await source.follow(sink));
			} catch (error) {
				// The next look tries it again; one agent that cannot be followed keeps no other away.
				this.#followed.delete(place.path);
				const message = `${place.name}: cannot be followed yet, will be tried again: ${(error as Error).message}`;
				sink.problem({kind: 'watch-failed', name: place.name, message, count: 1});
			}
		};
		const look = async () => {
			for (const place of this.#found()) {
				if (!this.#followed.has(place.path) && !isStopped) {
					await come(place);
				}
			}
		};
		const lookAgain = () => {
			if (!isStopped) {
				timer = setTimeout(() => {
					looking = look().then(lookAgain);
				}, this.#options.interval ?? 5000);
			}
		};
		lookAgain();
		return async () => {
			isStopped = true;
			clearTimeout(timer);
			await looking;
			await Promise.all(ends.map(end => end()));
		};
	}

	/** None where the folders cannot be listed for now. */
	#found(): readonly Place[] {
		try {
			return this.#options.find();
		} catch {
			return [];
		}
	}

	get #sources(): readonly Source[] {
		return [...this.#followed.values()].filter(source => source !== undefined);
	}
}

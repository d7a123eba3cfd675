import type {Position} from '../file/position.js';
import {positionsIn} from '../positions.js';
import type {RemoteCursor} from '../remote-cursor.js';
import type {Source, SourceProgress, SourceSink} from '../source.js';
import type {Place} from './find-places.js';

/** How agents that appear later are found. */
type LaterOptions = {
	/** Returns the places of agents, and whether they exist. */
	readonly find: () => readonly Place[];
	readonly open: (place: Place) => Source;
	/** Milliseconds between polls. Default: 5000. */
	readonly interval?: number;
};

/** Follows agents that are installed, or used for the first time, while others are being followed. */
export class LaterAgents implements Source {
	/** The sources that appear have names of their own. */
	readonly name = 'agents';
	readonly #options: LaterOptions;
	readonly #positions = positionsIn(() => this.#sources);
	/** Sources by the paths of their places; undefined for places that existed at the start. */
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

	/** What exists is read by other sources. */
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
				// The next poll tries again; an agent that cannot be followed does not affect others.
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

	/** Empty if the folders cannot be listed at the moment. */
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

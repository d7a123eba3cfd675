import {boundName} from '../../text/bound-names.js';
import {RecentMap} from '../state/recent-map.js';

const mostRemembered = 500;
const mostSaved = 50;

/** Names of what has been reported and must not be reported again: spans around calls, sessions of agents, events. */
export class ReportedNames {
	readonly #names: RecentMap<true>;

	/** @param state the result of `state` */
	constructor(state: readonly string[] = []) {
		this.#names = new RecentMap(
			mostRemembered,
			state.map(name => [name, true]),
		);
	}

	get state(): readonly string[] {
		return this.#names
			.entries()
			.slice(-mostSaved)
			.map(([name]) => name);
	}

	has(name: string): boolean {
		return name !== '' && this.#names.get(boundName(name) as string) === true;
	}

	/** The empty text is not a name. */
	add(name: string): void {
		if (name !== '') {
			this.#names.set(boundName(name) as string, true);
		}
	}
}

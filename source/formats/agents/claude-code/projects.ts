import {boundName} from '../../../text/bound-names.js';
import {namesOf} from '../../records/path.js';
import {RecentMap} from '../../state/recent-map.js';

/** Sessions of one log whose projects are remembered. */
const mostSessions = 8;

/** A path as Claude Code makes a folder's name of it. */
const encoded = (path: string): string => path.replace(/[^A-Za-z0-9]/g, '-');

/**
 * Tells the project of a session whose working folder moves: the folder above it that the transcript's own folder is
 * named after, else the folder that the session was in first.
 */
export class Projects {
	readonly #folders: ReadonlySet<string>;
	readonly #bySession: RecentMap<string>;

	/** @param entries as `entries` gave them */
	constructor(source: string, entries: readonly (readonly [string, string])[] = []) {
		this.#folders = new Set(namesOf(source).filter(name => /^(?:-|[A-Za-z]--)/.test(name)));
		this.#bySession = new RecentMap(mostSessions, entries);
	}

	entries(): readonly (readonly [string, string])[] {
		return this.#bySession.entries();
	}

	of(id: string, path: string | undefined): string | undefined {
		const session = boundName(id) ?? '';
		const folder = boundName(path);
		const known = this.#bySession.get(session);
		if (folder === undefined || known === folder) {
			return known;
		}
		const named = this.#named(folder);
		if (named === undefined && known !== undefined) {
			return known;
		}
		this.#bySession.set(session, named ?? folder);
		return named ?? folder;
	}

	/** Of the folder and those above it, the one that the transcripts are kept under. */
	#named(folder: string): string | undefined {
		// Letters outside ASCII become one dash each, or several: then names of other lengths would be alike.
		if (!/^[\x20-\x7e]*$/.test(folder)) {
			return undefined;
		}
		for (let path = folder; path !== ''; path = path.slice(0, Math.max(0, path.search(/[\\/][^\\/]*$/)))) {
			if (this.#folders.has(encoded(path))) {
				return path;
			}
		}
		return undefined;
	}
}

import {boundName} from '../../../text/bound-names.js';
import {namesOf} from '../../records/path.js';
import {RecentMap} from '../../state/recent-map.js';

/** Maximum number of sessions per log whose projects are remembered. */
const mostSessions = 8;

/** The name that Claude Code gives the folder of a path. */
const encoded = (path: string): string => path.replace(/[^A-Za-z0-9]/g, '-');

/**
 * Determines the project of a session whose working folder changes: the parent folder after which the transcript's
 * folder is named, else the first working folder.
 */
export class Projects {
	readonly #folders: ReadonlySet<string>;
	readonly #bySession: RecentMap<string>;

	/** @param entries the result of `entries` */
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

	/** Of a folder and its parents, the one after which the transcripts' folder is named. */
	#named(folder: string): string | undefined {
		// Non-ASCII letters become one or more dashes, so that different names would look equal.
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

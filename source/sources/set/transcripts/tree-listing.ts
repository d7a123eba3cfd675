import {readdirSync} from 'node:fs';
import {join, relative} from 'node:path';
import {statsAt} from '../../../system/stats-at.js';
import {isDatabaseName, leadsToTranscripts} from '../../agents/find-places.js';
import {isTranscript} from './transcripts.js';

/** Maximum depth of folders searched. */
export const deepest = 8;

/** Maximum number of folders searched before a tree is assumed to have no transcripts. */
const folderLimit = 20_000;

/** The relevant names in a folder. */
type Listing = {
	readonly folders: readonly string[];
	readonly files: readonly string[];
	/** Databases of agents. */
	readonly databases: readonly string[];
};

/**
 * Lists transcripts and folders, following links; without packages, and without hidden folders that are not an agent's.
 * Throws the system's error.
 * @param way from the start of the search to the folder
 */
export const listTranscripts = (folder: string, way: string): Listing => {
	const folders: string[] = [];
	const files: string[] = [];
	const databases: string[] = [];
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		const {name} = entry;
		if (isDatabaseName(name)) {
			databases.push(name);
		}

		const target = entry.isSymbolicLink() ? statsAt(join(folder, name)) : entry;
		if (target?.isDirectory()) {
			if (name !== 'node_modules' && leadsToTranscripts(join(way, name))) {
				folders.push(name);
			}
		} else if (target?.isFile() && isTranscript(folder, name)) {
			files.push(name);
		}
	}

	return {folders, files, databases};
};

/** True if there is a transcript in a folder or below. Throws the system's error if the folder cannot be listed. */
export const holdsTranscripts = (folder: string): boolean => {
	for (const {listing} of walk(folder)) {
		if (listing.files.length > 0) {
			return true;
		}
	}

	return false;
};

/** Paths of agents' databases in a folder and below, recognised by name. */
export const databasesIn = (folder: string): readonly string[] =>
	[...walk(folder)].flatMap(({path, listing}) => listing.databases.map(name => join(path, name)));

/**
 * A folder and those below it, parents first; folders below that cannot be listed count as empty. Throws the system's
 * error if the first one cannot be listed.
 */
function* walk(folder: string): Generator<{readonly path: string; readonly listing: Listing}> {
	let level = [folder];
	let looked = 0;
	for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
		const next: string[] = [];
		for (const path of level) {
			const listing = path === folder ? listTranscripts(path, '') : listOrNothing(path, relative(folder, path));
			looked++;
			if (looked === folderLimit) {
				return;
			}

			yield {path, listing};
			next.push(...listing.folders.map(name => join(path, name)));
		}

		level = next;
	}
}

const listOrNothing = (folder: string, way: string): Listing => {
	try {
		return listTranscripts(folder, way);
	} catch {
		return {folders: [], files: [], databases: []};
	}
};

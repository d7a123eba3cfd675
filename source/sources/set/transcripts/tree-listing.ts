import {readdirSync} from 'node:fs';
import {join, relative} from 'node:path';
import {statsAt} from '../../../system/stats-at.js';
import {isDatabaseName, leadsToTranscripts} from '../../agents/find-places.js';
import {isTranscript} from './transcripts.js';

/** How many folders below each other are looked into. */
export const deepest = 8;

/** How many folders are looked into before a tree is taken for one without transcripts. */
const folderLimit = 20_000;

/** Names in a folder that matter to a tree of transcripts. */
type Listing = {
	readonly folders: readonly string[];
	readonly files: readonly string[];
	/** Of agents' databases. */
	readonly databases: readonly string[];
};

/**
 * Lists transcripts and folders, links followed; packages are left out, and hidden folders that are no agent's. Throws the
 * system's error.
 * @param way from where the search began to the folder
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

/** Whether there is a transcript anywhere in a folder. Throws the system's error where it may not be listed. */
export const holdsTranscripts = (folder: string): boolean => {
	for (const {listing} of walk(folder)) {
		if (listing.files.length > 0) {
			return true;
		}
	}

	return false;
};

/** Paths of the agents' databases anywhere in a folder, by their names. */
export const databasesIn = (folder: string): readonly string[] =>
	[...walk(folder)].flatMap(({path, listing}) => listing.databases.map(name => join(path, name)));

/**
 * A folder and those below it, each before those within it; a folder below that may not be listed is as good as empty.
 * Throws the system's error where the first may not be.
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

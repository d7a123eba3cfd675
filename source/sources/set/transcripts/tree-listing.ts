import {readdirSync, type Stats, statSync} from 'node:fs';
import {join} from 'node:path';
import {isTranscript} from './transcripts.js';

/** How many folders below each other are looked into. */
export const deepest = 8;

/** How many folders are looked into before a tree is taken for one without transcripts. */
const folderLimit = 20_000;

/** Names in a folder that matter to a tree of transcripts. */
export type Listing = {readonly folders: readonly string[]; readonly files: readonly string[]};

/** The stats of what a path leads to; undefined where that is nothing or may not be looked at. */
export const statsAt = (path: string): Stats | undefined => {
	try {
		return statSync(path, {throwIfNoEntry: false});
	} catch {
		return undefined;
	}
};

/** Lists transcripts and folders, links followed; hidden ones and packages are left out. Throws the system's error. */
export const listTranscripts = (folder: string): Listing => {
	const folders: string[] = [];
	const files: string[] = [];
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		const {name} = entry;
		if (name.startsWith('.') || name === 'node_modules') {
			continue;
		}

		const target = entry.isSymbolicLink() ? statsAt(join(folder, name)) : entry;
		if (target?.isDirectory()) {
			folders.push(name);
		} else if (target?.isFile() && isTranscript(folder, name)) {
			files.push(name);
		}
	}

	return {folders, files};
};

/** Whether there is a transcript anywhere in a folder. Throws the system's error where it may not be listed. */
export const holdsTranscripts = (folder: string): boolean => {
	let level = [folder];
	let looked = 0;
	for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
		const next: string[] = [];
		for (const path of level) {
			const {folders, files} = path === folder ? listTranscripts(path) : listOrNothing(path);
			looked++;
			if (files.length > 0) {
				return true;
			}

			if (looked === folderLimit) {
				return false;
			}

			next.push(...folders.map(name => join(path, name)));
		}

		level = next;
	}

	return false;
};

const listOrNothing = (folder: string): Listing => {
	try {
		return listTranscripts(folder);
	} catch {
		return {folders: [], files: []};
	}
};

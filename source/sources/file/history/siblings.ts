import {readdirSync, realpathSync, statSync} from 'node:fs';
import {basename, dirname, extname, join} from 'node:path';
import {withoutCompression} from '../compressed/compression.js';
import {fileKey, type OpenFile, withFile} from '../open-file.js';
import {isRotationOf} from './rotated-name.js';

/** A file that a rotation made from a log, as of its listing. */
export type Sibling = {
	readonly path: string;
	readonly device: string;
	readonly inode: string;
	readonly size: number;
	/** Nanoseconds since the epoch. */
	readonly modified: bigint;
};

type Listing = {readonly names: readonly string[]; readonly modified: bigint; readonly listed: number};

const listings = new Map<string, Listing>();
const listingLimit = 64;

// A folder that changes within the clock tick of its listing looks unchanged afterwards.
const tick = 100;

/** Names in a folder, sorted; cached while the folder is unchanged, for folders with thousands of logs. */
const namesIn = (folder: string): readonly string[] => {
	const stats = statSync(folder, {bigint: true, throwIfNoEntry: false});
	if (stats === undefined) {
		return [];
	}

	const known = listings.get(folder);
	if (known?.modified === stats.mtimeNs && known.listed > Number(stats.mtimeMs) + tick) {
		return known.names;
	}

	const listed = Date.now();
	const names = readdirSync(folder).sort();
	if (listings.size >= listingLimit) {
		listings.clear();
	}

	listings.set(folder, {names, modified: stats.mtimeNs, listed});
	return names;
};

/** The first index whose name is not less than the text. */
const lowerBound = (names: readonly string[], text: string): number => {
	let low = 0;
	let high = names.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((names[middle] as string) < text) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
};

const rotationsOf = (path: string): string[] => {
	const folder = dirname(path);
	const base = basename(path);
	const stem = base.slice(0, base.length - extname(base).length);
	const names = namesIn(folder);
	const found: string[] = [];
	for (let index = lowerBound(names, stem); names[index]?.startsWith(stem); index++) {
		const name = names[index] as string;
		if (isRotationOf(base, name)) {
			found.push(join(folder, name));
		}
	}

	return found;
};

const generation = (path: string): number =>
	Number(/\.(\d{1,4})(?:\.[a-z]+)?$/.exec(withoutCompression(path))?.[1] ?? 0);

const byAge = (a: Sibling, b: Sibling): number => {
	if (a.modified !== b.modified) {
		return a.modified < b.modified ? -1 : 1;
	}

	return generation(b.path) - generation(a.path) || (a.path < b.path ? -1 : 1);
};

/** The path itself and, for a symbolic link, its target. */
export const placesOf = (path: string): readonly string[] => {
	try {
		const real = realpathSync(path);
		return real === path ? [path] : [path, real];
	} catch {
		return [path];
	}
};

/** True if the plain file exists as well, while a log is being compressed; then that is read. */
export const hasPlainPartner = ({path}: Sibling, siblings: readonly Sibling[]): boolean => {
	const plain = withoutCompression(path);
	return plain !== path && siblings.some(other => other.path === plain);
};

/** Number of times that a listing is repeated because of a rotation. */
const attempts = 5;

/**
 * Rotated files at each of a log's places, oldest first; none for folders that cannot be listed. A file that is renamed
 * between the listing of names and its stats would be missed, so the listing is repeated.
 */
export const listSiblings = (places: readonly string[]): Sibling[] => {
	const changes = () => places.map(place => tryOr(0n, () => statSync(dirname(place), {bigint: true}).mtimeNs)).join();
	for (let attempt = 1; ; attempt++) {
		const before = changes();
		const siblings = listOnce(places);
		if (attempt === attempts || before === changes()) {
			return siblings.sort(byAge);
		}
	}
};

const listOnce = (places: readonly string[]): Sibling[] => {
	const siblings = new Map<string, Sibling>();
	for (const place of places) {
		for (const path of tryOr([], () => rotationsOf(place))) {
			const stats = tryOr(undefined, () => statSync(path, {bigint: true, throwIfNoEntry: false}));
			if (stats?.isFile()) {
				const device = String(stats.dev);
				const inode = String(stats.ino);
				siblings.set(`${device}:${inode}`, {
					path,
					device,
					inode,
					size: Number(stats.size),
					modified: stats.mtimeNs,
				});
			}
		}
	}

	return [...siblings.values()];
};

/** A file is not where it was when it was listed; the listing must be repeated. */
export class Renamed extends Error {
	/** Like the error for a missing file. */
	readonly code = 'ENOENT';
}

/**
 * Opens a listed file and passes it on; undefined if it cannot be opened or read. Throws `Renamed` if another file is
 * in its place, or none.
 */
export const withSibling = async <T>(
	sibling: Sibling,
	use: (file: OpenFile) => T | Promise<T>,
): Promise<T | undefined> => {
	const isThere = () => {
		const stats = tryOr(undefined, () => statSync(sibling.path, {bigint: true, throwIfNoEntry: false}));
		return stats !== undefined && fileKey(sibling) === `${stats.dev}:${stats.ino}`;
	};
	const used = await withFile(sibling.path, async file =>
		fileKey(file) === fileKey(sibling) ? {result: await use(file)} : undefined,
	);
	if (used === undefined && !isThere()) {
		throw new Renamed(sibling.path);
	}

	return used?.result;
};

const tryOr = <T>(otherwise: T, attempt: () => T): T => {
	try {
		return attempt();
	} catch {
		return otherwise;
	}
};

import {join} from 'node:path';
import process from 'node:process';
import {cacheFolder} from './cache-folder.js';
import {runCached} from './code-cache.js';

/** Loads the exports of `main.ts` from the bundle. @param role runs with the same role share cached code */
export const loadMain = <Main>(role: string): Main =>
	runCached(join(import.meta.dirname, 'main.js'), role, join(cacheFolder(), 'code')) as Main;

/**
 * Limits the young generation of the heap; call it before anything is loaded in a thread that stays open. Such a thread
 * holds little, and V8 would never return the extra room. Collects with a single thread, which is faster for a small
 * heap than waking helpers. Cached code is valid only under the same flags, which V8 applies to threads as well.
 */
export const keepSmall = (): void => {
	const {setFlagsFromString} = process.getBuiltinModule('node:v8');
	setFlagsFromString('--semi-space-growth-factor=1');
	setFlagsFromString('--no-parallel-scavenge');
};

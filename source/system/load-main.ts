import {join} from 'node:path';
import process from 'node:process';
import {cacheFolder} from './cache-folder.js';
import {runCached} from './code-cache.js';

/** Loads the exports of `main.ts` from the bundle. @param role runs with the same role share cached code */
export const loadMain = <Main>(role: string): Main =>
	runCached(join(import.meta.dirname, 'main.js'), role, join(cacheFolder(), 'code')) as Main;

/**
 * Lets the young generation of the heap grow to its full size in one step; call it before anything is loaded, in a
 * process that reads once and ends. What such a process makes in its first tenth of a second mostly lives until its
 * end: while the young generation doubles step by step, that is copied again and again, and V8, which sees everything
 * survive, marks the whole heap as well. Without, the report of a store takes 8 % more CPU, and of a large log 1 % more.
 */
export const growAtOnce = (): void => {
	process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=16');
};

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

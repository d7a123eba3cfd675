import {join} from 'node:path';
import process from 'node:process';
import {cacheFolder} from './cache-folder.js';
import {runCached} from './code-cache.js';

/** What `main.ts` exports, from the bundle. @param role runs of one role need about the same code */
export const loadMain = <Main>(role: string): Main =>
	runCached(join(import.meta.dirname, 'main.js'), role, join(cacheFolder(), 'code')) as Main;

/**
 * To be called before anything is loaded by a thread that stays open beside other programs: what it holds is little,
 * and more room for what is young would never be given back. That little is collected faster than others are woken to
 * help. Compiled code is good only under the flags that it was kept with; V8 takes them again for a thread.
 */
export const keepSmall = (): void => {
	const {setFlagsFromString} = process.getBuiltinModule('node:v8');
	setFlagsFromString('--semi-space-growth-factor=1');
	setFlagsFromString('--no-parallel-scavenge');
};

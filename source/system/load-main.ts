import {join} from 'node:path';
import process from 'node:process';
import {cacheFolder} from './cache-folder.js';
import {runCached} from './code-cache.js';

/** Loads the exports of `main.ts` from the bundle. @param role runs with the same role share cached code */
export const loadMain = <Main>(role: string): Main =>
	runCached(join(import.meta.dirname, 'main.js'), role, join(cacheFolder(), 'code')) as Main;

/** The first release of Node whose V8 has a compiler between the fast and the optimising one. */
const firstWithMaglev = 22;

/**
 * Sets V8 up for a process that reads once and ends; call it before anything is loaded.
 *
 * The young generation of the heap grows to its full size in one step. What such a process makes in its first tenth of a
 * second mostly lives until its end: while the young generation doubles step by step, that is copied again and again,
 * and V8, which sees everything survive, marks the whole heap as well. It saves 7 % of the CPU of a second report.
 *
 * Before Node 22, functions run six times as long before they are optimised. V8 otherwise optimises them for the first
 * lines of a log, and gives the code up at the next ones. It saves 13 % of the CPU of a first report of a log with few
 * relevant lines, 7 % with transcripts, and costs nothing with others; newer releases gain nothing.
 * Optimised functions take in a third of what V8 lets them take in of others, since compiling takes longer than the run
 * gains from it: 3 to 7 % of the CPU of most first reports, at 2 % more for a log of usage lines alone.
 */
export const tuneForOneRun = (): void => {
	const {setFlagsFromString} = process.getBuiltinModule('node:v8');
	setFlagsFromString('--semi-space-growth-factor=16');
	if (Number.parseInt(process.versions.node, 10) < firstWithMaglev) {
		setFlagsFromString('--interrupt-budget=400000');
		setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');
	}
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

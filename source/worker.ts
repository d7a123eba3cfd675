import {join} from 'node:path';
import {workerData} from 'node:worker_threads';
import {cacheFolder} from './system/cache-folder.js';
import {runCached} from './system/code-cache.js';
import type {ThreadData} from './system/thread-role.js';

// What a thread compiles is kept by what it does: the same bundle, but other parts of it.
runCached(join(import.meta.dirname, 'main.js'), (workerData as ThreadData).role, join(cacheFolder(), 'code'));

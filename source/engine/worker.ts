import {join} from 'node:path';
import {cacheFolder} from '../system/cache-folder.js';
import {runCached} from '../system/code-cache.js';

runCached(join(import.meta.dirname, 'thread.js'), 'engine', join(cacheFolder(), 'code'));

import {workerData} from 'node:worker_threads';
import type * as Main from './main.js';
import {keepSmall, loadMain} from './system/load-main.js';
import type {ThreadData} from './system/thread-role.js';

const {role} = workerData as ThreadData;
if (role === 'engine') {
	keepSmall();
}
void loadMain<typeof Main>(role).threads[role]();

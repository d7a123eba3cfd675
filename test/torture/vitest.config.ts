import {join} from 'node:path';
import {defineConfig} from 'vitest/config';
import {patience} from '../support/patience.js';

const results = process.env.HITRATE_TEST_RESULTS;

/** What takes minutes: the program under rotation, kills and broken disks. Files one after the other, for they load the machine. */
export default defineConfig({
	test: {
		include: ['test/torture/**/*.torture.ts'],
		globalSetup: 'test/support/build.ts',
		pool: 'threads',
		fileParallelism: false,
		maxConcurrency: 4,
		...patience,
		reporters: results ? ['default', ['json', {outputFile: join(results, 'torture.json')}]] : ['default'],
	},
});

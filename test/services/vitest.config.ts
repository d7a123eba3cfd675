import {join} from 'node:path';
import {defineConfig} from 'vitest/config';
import {patience} from '../support/patience.js';

const results = process.env.HITRATE_TEST_RESULTS;

/** What needs programs that other people run beside hitrate. Files one after the other, for they load the machine. */
export default defineConfig({
	test: {
		include: ['test/services/**/*.services.ts'],
		globalSetup: 'test/support/build.ts',
		pool: 'threads',
		fileParallelism: false,
		...patience,
		reporters: results ? ['default', ['json', {outputFile: join(results, 'services.json')}]] : ['default'],
	},
});

import {join} from 'node:path';
import {defineConfig} from 'vitest/config';
import {patience} from '../support/patience.js';

const results = process.env.HITRATE_TEST_RESULTS;

/** What a log, a server or a name may hold to break a reader: mutations, growth, escape sequences. */
export default defineConfig({
	test: {
		include: ['test/hostile/**/*.test.ts'],
		globalSetup: 'test/support/build.ts',
		pool: 'threads',
		...patience,
		reporters: results ? ['default', ['json', {outputFile: join(results, 'hostile.json')}]] : ['default'],
	},
});

import {join} from 'node:path';
import {defineConfig} from 'vitest/config';
import {patience} from './support/patience.js';

/** Where the counts of a run go, if anywhere. */
const results = process.env.HITRATE_TEST_RESULTS;

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/corpus/**', 'test/hostile/**', 'node_modules/**'],
		// The tests of the program run what a user runs: the bundle.
		globalSetup: 'test/support/build.ts',
		pool: 'threads',
		...patience,
		reporters: results ? ['default', ['json', {outputFile: join(results, 'unit.json')}]] : ['default'],
	},
});

import {join} from 'node:path';
import {defineConfig} from 'vitest/config';
import {patience} from '../support/patience.js';

const results = process.env.HITRATE_TEST_RESULTS;

/** What needs the sample logs of ../shared, which a clone alone does not have. */
export default defineConfig({
	test: {
		include: ['test/corpus/**/*.test.ts'],
		pool: 'threads',
		...patience,
		reporters: results ? ['default', ['json', {outputFile: join(results, 'corpus.json')}]] : ['default'],
	},
});

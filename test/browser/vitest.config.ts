import {defineConfig} from 'vitest/config';
import {patience} from '../support/patience.js';

const results = process.env.HITRATE_TEST_RESULTS;

export default defineConfig({
	test: {
		include: ['test/browser/*.browser.ts'],
		...patience,
		reporters: results ? ['default', ['json', {outputFile: `${results}/browser.json`}]] : ['default'],
	},
});

import {availableParallelism} from 'node:os';
import {join} from 'node:path';
import {defineConfig, type ViteUserConfig} from 'vitest/config';
import {patience} from './support/patience.js';

/** Where the counts of a run go, if anywhere. */
const results = process.env.HITRATE_TEST_RESULTS;

/** Suites that have a command of their own. */
export const others = ['test/corpus/**', 'test/hostile/**', 'node_modules/**'];

/** What `npm test` and `npm run test:whole` have in common. @param name of the file of counts */
export const tests = (name: string, options: ViteUserConfig['test']): ViteUserConfig =>
	defineConfig({
		test: {
			include: ['test/**/*.test.{ts,tsx}'],
			// Some tests run what a user runs: the bundle.
			globalSetup: 'test/support/build.ts',
			pool: 'threads',
			// Loading the source anew for each file would take as long as half of the tests.
			isolate: false,
			// By default one processor is left to the main thread, which does little: on two, half of the machine.
			maxWorkers: availableParallelism(),
			...patience,
			reporters: results ? ['default', ['json', {outputFile: join(results, `${name}.json`)}]] : ['default'],
			...options,
		},
	});

export default tests('unit', {exclude: [...others, 'test/program/**']});

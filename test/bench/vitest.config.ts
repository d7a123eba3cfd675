import {defineConfig} from 'vitest/config';

/** Not tests: `npm run bench` prints what was measured. One after the other, for they share the machine. */
export default defineConfig({
	test: {
		include: ['test/bench/*.bench.ts'],
		globalSetup: 'test/support/build.ts',
		fileParallelism: false,
		testTimeout: 900_000,
		hookTimeout: 900_000,
	},
});

/**
 * Limits of every test, for `defineConfig`: far beyond what anything takes on a busy machine. A test that reaches one
 * has failed, not been slow; none asserts how long something takes.
 */
export const patience = {
	testTimeout: 180_000,
	hookTimeout: 180_000,
	expect: {poll: {timeout: 90_000, interval: 20}},
} as const;

import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {include: ['test/media/*.media.ts'], globalSetup: 'test/support/build.ts', testTimeout: 60_000},
});

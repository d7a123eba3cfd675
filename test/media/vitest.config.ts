import {defineConfig} from 'vitest/config';
import {patience} from '../support/patience.js';

export default defineConfig({
	test: {include: ['test/media/*.media.ts'], globalSetup: 'test/support/build.ts', ...patience},
});

import {simulateBackend} from '../simulated/backend.js';
import {type Rendering, renderRecords} from '../simulated/render.js';

/** The log of a backend that plans, calls and bills in many threads at once. Ever the same. */
export const backendLog = (requests: number, rendering: Rendering): string =>
	[
		...simulateBackend({
			seed: 12,
			start: Date.UTC(2025, 9, 20, 8),
			limit: requests,
			requestsPerSecond: 2,
			threads: 40,
			generation: '2025-10-16',
			noise: 3,
		}),
	]
		.map(({records}) => renderRecords(records, rendering, {exceptions: 'dicts'}))
		.join('');

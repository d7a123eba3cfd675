import {describe, expect, test} from 'vitest';
import {storeFileName} from '../../source/store/scope.js';

const sources = ['/logs/worker.log', '/logs/backend.log'];

describe('the file of a scope', () => {
	test('is the same whatever the order, repetitions and options left out', () => {
		const file = storeFileName({sources, readAs: {format: 'agentpress', zone: 'UTC'}});
		const again = storeFileName({
			sources: [...sources, ...sources].reverse(),
			readAs: {zone: 'UTC', tokens: undefined, format: 'agentpress'},
		});
		expect(again).toBe(file);
		expect(file).toMatch(/^[0-9a-f]{24}\.db$/);
	});

	test('is another for other sources and other ways to read them', () => {
		const files = [
			{sources, readAs: {}},
			{sources: sources.slice(1), readAs: {}},
			{sources: [sources.join('')], readAs: {}},
			{sources: [...sources, 'format'], readAs: {}},
			{sources, readAs: {format: 'agentpress'}},
			{sources, readAs: {format: 'litellm'}},
			{sources, readAs: {zone: 'agentpress'}},
			{sources, readAs: {format: ''}},
		].map(storeFileName);
		expect(new Set(files).size).toBe(files.length);
	});
});

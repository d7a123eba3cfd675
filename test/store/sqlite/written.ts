import type {Request} from '../../../source/request.js';
import {measured} from '../../support/requests.js';

export const writtenLog = {id: '/logs/written.log', name: 'written.log'};
export const batchSize = 40;

const start = Date.UTC(2026, 5, 1);

/** The same for the same number, whoever asks: threads go through many batches, and lose their cache at times. */
export const requestsOfBatch = (batch: number): readonly Request[] =>
	Array.from({length: batchSize}, (_, index) => {
		const number = batch * batchSize + index;
		const lost = number % 17 === 0;
		return measured(
			{cacheRead: lost ? 0 : 5000 + number, cacheWrite5m: lost ? 5000 + number : 10, uncached: 3, output: number},
			{
				id: `written-${number}`,
				time: start + number * 20_000,
				thread: `thread-${number % 7}`,
				source: writtenLog.name,
			},
		);
	});

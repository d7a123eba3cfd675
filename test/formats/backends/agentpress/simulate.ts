import type {LogRecord} from '../../../../source/demo/writing/log-record.js';
import {simulateBackend} from '../../../simulated/backend.js';
import {type GenerationName, generations} from '../../../simulated/generations.js';
import {keyOrder, type Rendering} from '../../../simulated/render.js';
import {timedLines} from '../../../simulated/timed-lines.js';
import {type Wrapper, wrapLines} from '../../../simulated/wrap.js';

export const renderings: readonly Rendering[] = ['plain', 'colour', 'json'];

/** The lines of a simulated backend, without line breaks. */
export const simulatedLines = (
	generation: GenerationName,
	rendering: Rendering,
	{seed = 7, limit = 40, wrapper}: {readonly seed?: number; readonly limit?: number; readonly wrapper?: Wrapper} = {},
): readonly string[] => {
	const records: LogRecord[] = [];
	for (const step of simulateBackend({
		seed,
		start: Date.parse(`${generation.length === 7 ? `${generation}-02` : generation}T08:00:00Z`),
		limit,
		requestsPerSecond: 2,
		threads: 8,
		generation,
		level: 'debug',
		noise: 1,
		billed: true,
	})) {
		records.push(...step.records);
	}
	const {exceptions} = generations[generation];
	const lines = [...timedLines(records, rendering, {exceptions, keyOrder: keyOrder(seed)})];
	return wrapper ? wrapLines(lines, wrapper) : lines.flatMap(({line}) => line.split('\n'));
};

import {type BackendOptions, simulateBackend as simulate} from '../../source/demo/backend.js';
import {type GenerationName, generations} from './generations.js';

/** The demo's backend in any of its generations, by name. */
export const simulateBackend = ({
	generation = '2025-10-16',
	...options
}: Omit<BackendOptions, 'generation'> & {readonly generation?: GenerationName}) =>
	simulate({...options, generation: generations[generation]});

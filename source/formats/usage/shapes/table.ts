import {View} from '../../json/view.js';
import type {Counts} from '../counts.js';
import {anthropicShapes} from './anthropic.js';
import {frameworkShapes, sharedFrameworkShapes} from './frameworks.js';
import {googleShapes} from './google.js';
import {observabilityShapes} from './observability.js';
import {openAiShapes} from './openai.js';
import {plainShapes} from './plain.js';
import {readShape, type Shape} from './shape.js';

/** Every shape of a usage object. The first that fits reads it, so those with names of their own come first. */
export const shapes: readonly Shape[] = [
	...observabilityShapes,
	...googleShapes,
	...frameworkShapes,
	...anthropicShapes,
	...sharedFrameworkShapes,
	...openAiShapes,
	...plainShapes,
];

/** What a usage object of any shape tells. */
export type UsageRead = {readonly shape: Shape; readonly counts: Counts};

/**
 * What an object tells as a usage of any shape; undefined where it is none.
 * @param name what the object is called in the one around it
 * @param around the objects around it, the nearest first
 */
export const readUsage = (
	usage: View,
	name: string | undefined = undefined,
	around: readonly View[] = [],
): UsageRead | undefined => {
	for (const shape of shapes) {
		const counts = readShape(shape, usage, name, around);
		if (counts) {
			return {shape, counts};
		}
	}
	return undefined;
};

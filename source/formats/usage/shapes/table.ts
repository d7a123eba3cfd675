import {plainName, type View} from '../../json/view.js';
import type {Counts} from '../counts.js';
import {anthropicShapes} from './anthropic.js';
import {frameworkShapes, sharedFrameworkShapes} from './frameworks.js';
import {googleShapes} from './google.js';
import {observabilityShapes} from './observability.js';
import {openAiShapes} from './openai.js';
import {plainShapes} from './plain.js';
import {readShape, type Shape} from './shape.js';

/** Shapes of one origin. */
type ShapeFamily = {
	/** The origin, and what they have in common, for people. */
	readonly title: string;
	readonly shapes: readonly Shape[];
};

/** All shapes of usage objects. The first that fits is used, so shapes with specific names come first. */
export const shapeFamilies: readonly ShapeFamily[] = [
	{title: 'tracing', shapes: observabilityShapes},
	{title: 'Google', shapes: googleShapes},
	{title: 'libraries', shapes: frameworkShapes},
	{title: 'Anthropic and what counts like it: the cache beside the input', shapes: anthropicShapes},
	{title: 'libraries, in names that providers use as well', shapes: sharedFrameworkShapes},
	{title: 'OpenAI and what speaks its language: the cache inside the prompt', shapes: openAiShapes},
	{title: 'counts without a name of their own', shapes: plainShapes},
];

/** All shapes, most specific first. */
export const shapes: readonly Shape[] = shapeFamilies.flatMap(family => family.shapes);

/** `a`, `a.b` and `a.b.c` for `a.b.c`. */
const prefixesOf = (path: string): readonly string[] => {
	const segments = plainName(path).split('.');
	return segments.map((_, index) => segments.slice(0, index + 1).join('.'));
};

/** Shapes, in order, by the plain names that are or start the path of something in them. */
type ShapesByName = ReadonlyMap<string, ReadonlySet<Shape>>;

/** @param pathsOf names or paths of which an object of a shape has at least one */
const shapesBy = (pathsOf: (shape: Shape) => readonly string[]): ShapesByName => {
	const byName = new Map<string, Set<Shape>>();
	for (const shape of shapes) {
		for (const prefix of pathsOf(shape).flatMap(prefixesOf)) {
			byName.set(prefix, (byName.get(prefix) ?? new Set()).add(shape));
		}
	}
	return byName;
};

const byInputName = shapesBy(shape => shape.input.flat());
const byTellingName = shapesBy(shape => shape.tells);

/** True if the usage of some shape has its input under this plain name. */
export const isInputName = (name: string): boolean => byInputName.has(name);

const hasOne = (byName: ShapesByName, names: readonly string[], shape: Shape): boolean =>
	names.some(name => byName.get(name)?.has(shape));

/** The shapes whose input may be under one of some plain names, in order. */
const shapesWithInput = (names: readonly string[]): Iterable<Shape> =>
	names.length < 2
		? (byInputName.get(names[0] ?? '') ?? [])
		: shapes.filter(shape => hasOne(byInputName, names, shape));

/** Usage read by a shape. */
type UsageRead = {readonly shape: Shape; readonly counts: Counts};

/**
 * Reads an object as usage of any shape; undefined if it is none. A span may report its tokens in two wordings, only
 * one of which includes the cache.
 * @param name of the object in the enclosing one
 * @param around the enclosing objects, nearest first
 */
export const readUsage = (
	usage: View,
	name: string | undefined = undefined,
	around: readonly View[] = [],
): UsageRead | undefined => {
	const inputs: string[] = [];
	const telling: string[] = [];
	for (const member of usage.members.keys()) {
		if (byInputName.has(member)) {
			inputs.push(member);
		}
		if (byTellingName.has(member)) {
			telling.push(member);
		}
	}
	let first: UsageRead | undefined;
	for (const shape of shapesWithInput(inputs)) {
		// Most shapes are ruled out here, before their counts are looked for.
		const mayTell = shape.beside !== undefined || hasOne(byTellingName, telling, shape);
		const counts = mayTell ? readShape(shape, usage, name, around) : undefined;
		if (counts && !counts.cacheUnknown) {
			return {shape, counts};
		}
		if (counts) {
			first ??= {shape, counts};
		}
	}
	return first;
};

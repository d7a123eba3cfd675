import {listOf, numberOf, objectOf} from '../../json/json-values.js';
import {objectIn, plainName, View} from '../../json/view.js';
import {type Contains, type Counts, isCount} from '../counts.js';

/**
 * Possible names of a count, in any spelling, with dots for nesting; the counts of an inner list are added up. Of
 * several, the first that is not 0 is used, because gateways fill unknown names with 0.
 */
type Names = readonly (string | readonly string[])[];

/** How a provider, SDK or gateway words the usage of a call. */
export type Shape = {
	/** Name for people. */
	readonly name: string;
	/** Where the wording and its meaning are documented, or were seen. */
	readonly source: string;
	/** Usage of this shape has a number under one of these names, */
	readonly input: Names;
	/** and any value, even null, under one of these. */
	readonly tells: readonly string[];
	/** An object with one of these is of another shape. */
	readonly without?: readonly string[];
	readonly read?: Names;
	/** What was not read, if reported: the rest was read. */
	readonly missed?: Names;
	readonly write?: Names;
	readonly writeOneHour?: Names;
	/** A list of writes with their lifetimes: `[{ttl: '1h', inputTokens: 5}]`. */
	readonly writesByLifetime?: string;
	/** A list of reads, one for each call that the usage sums up: `[{cached_tokens: 5}]`. */
	readonly readsByCall?: string;
	readonly output?: Names;
	readonly total?: Names;
	readonly contains: Contains;
	/** True if writers differ in what the input includes, so that their total decides. */
	readonly totalDecides?: boolean;
	/** A missing cache field means 0 if one of these objects or numbers is present: the writer omits zeros. */
	readonly zerosLeftOut?: readonly string[];
	/** If its names are too general, the object must have one of these names. */
	readonly under?: readonly string[];
	/** If its names are not specific: a regular expression that every line matches. */
	readonly sign?: string;
	/** True if the writer never reports cache writes. */
	readonly incomplete?: boolean;
	/** The counts of the cache are in one of these members, of the usage or of an enclosing object. */
	readonly beside?: {
		readonly holders: readonly string[];
		readonly read: Names;
		readonly write: Names;
		readonly writeOneHour?: Names;
	};
	/** A boolean member that says whether the cache is counted separately from the input. */
	readonly apart?: string;
};

/** The number under some names in an object. */
const countIn = (view: View, names: Names | undefined): number | undefined => {
	let told: number | undefined;
	for (const name of names ?? []) {
		const numbers = (typeof name === 'string' ? [name] : name)
			.map(part => numberOf(view.at(part)))
			.filter(number => number !== undefined);
		if (numbers.length > 0) {
			const sum = numbers.reduce((total, number) => total + number);
			told ??= sum;
			if (sum !== 0) {
				return sum;
			}
		}
	}
	return told;
};

/** Like `countIn`, for counts: an invalid one is used only if there is no other. */
const soundIn = (view: View, names: Names | undefined): number | undefined => {
	const sound = names?.filter(name => isCount(countIn(view, [name])));
	return countIn(view, sound) ?? countIn(view, names);
};

/** True if there is a member with one of these names, even if it is null. */
const hasAny = (view: View, names: Names | undefined): boolean =>
	names?.some(name => (typeof name === 'string' ? view.has(name) : name.some(part => view.has(part)))) ?? false;

/** True if the value under one of these names cannot be a count: negative, a list, infinite. */
const isSpoilt = (view: View, names: Names | undefined): boolean =>
	names?.flat().some(name => {
		const value = view.at(name);
		return value !== undefined && value !== null && !isCount(numberOf(value));
	}) ?? false;

const besideIn = ({holders, read, write}: NonNullable<Shape['beside']>, views: readonly View[]): View | undefined => {
	for (const view of views) {
		for (const name of holders) {
			const holder = objectIn(view.at(name));
			const beside = holder && new View(holder);
			if (beside && (hasAny(beside, read) || hasAny(beside, write))) {
				return beside;
			}
		}
	}
	return undefined;
};

/** What the input includes: as the line says, else by the writer's rule. */
const containedBy = ({apart, contains}: Shape, view: View): Contains => {
	const told = apart === undefined ? undefined : String(view.at(apart));
	return told === 'true' ? 'nothing' : told === 'false' ? 'reads-and-writes' : contains;
};

const leavesZerosOut = (view: View, shape: Shape): boolean =>
	shape.zerosLeftOut?.some(name => {
		const value = view.at(name);
		return objectIn(value) !== undefined || numberOf(value) !== undefined;
	}) ?? false;

const oneHourIn = (list: unknown): number | undefined => {
	const numbers = listOf(list)
		.map(objectOf)
		.filter(entry => entry?.ttl === '1h')
		.map(entry => numberOf(entry?.inputTokens))
		.filter(number => number !== undefined);
	return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number);
};

/** The sum of what the calls of a list read; undefined without one, NaN if one of them is no count. */
const readByCalls = (list: unknown): number | undefined => {
	const reads = listOf(list)
		.map(objectOf)
		.map(entry => entry?.cached_tokens ?? entry?.cachedTokens)
		.filter(read => read !== undefined && read !== null)
		.map(read => numberOf(read) ?? Number.NaN);
	return reads.length === 0 ? undefined : reads.every(isCount) ? reads.reduce((sum, read) => sum + read) : Number.NaN;
};

/**
 * The counts of an object of this shape; undefined for other objects.
 * @param around the enclosing objects, nearest first
 */
export const readShape = (
	shape: Shape,
	usage: View,
	name: string | undefined,
	around: readonly View[],
): Counts | undefined => {
	if (shape.under && !shape.under.some(wanted => plainName(wanted) === plainName(name ?? ''))) {
		return undefined;
	}
	if (hasAny(usage, shape.without)) {
		return undefined;
	}
	const beside = shape.beside && besideIn(shape.beside, [usage, ...around]);
	if (!(beside || hasAny(usage, shape.tells))) {
		return undefined;
	}
	const input = countIn(usage, shape.input);
	if (input === undefined) {
		return undefined;
	}
	const byCalls = shape.readsByCall === undefined ? undefined : readByCalls(usage.at(shape.readsByCall));
	const cacheNamed =
		beside !== undefined ||
		byCalls !== undefined ||
		hasAny(usage, shape.read) ||
		hasAny(usage, shape.missed) ||
		hasAny(usage, shape.write) ||
		hasAny(usage, shape.writeOneHour) ||
		leavesZerosOut(usage, shape);
	const missed = countIn(usage, shape.missed);
	const read =
		soundIn(usage, shape.read) ??
		(beside && soundIn(beside, shape.beside?.read)) ??
		byCalls ??
		(missed === undefined ? undefined : input - missed);
	const write = countIn(usage, shape.write) ?? (beside && countIn(beside, shape.beside?.write));
	const areCallsSpoilt = Number.isNaN(byCalls);
	const readSpoilt =
		!isCount(read) &&
		(areCallsSpoilt || isSpoilt(usage, shape.read) || (beside !== undefined && isSpoilt(beside, shape.beside?.read)));
	const cacheTold = cacheNamed && !readSpoilt;
	const isSpoiltAnywhere =
		areCallsSpoilt ||
		[shape.input, shape.read, shape.write, shape.writeOneHour, shape.output].some(names => isSpoilt(usage, names));
	return {
		input,
		read: cacheTold ? (read ?? 0) : undefined,
		write: cacheTold ? (write ?? 0) : isCount(write) ? write : undefined,
		writeOneHour:
			countIn(usage, shape.writeOneHour) ??
			(beside && countIn(beside, shape.beside?.writeOneHour)) ??
			(shape.writesByLifetime === undefined ? undefined : oneHourIn(usage.at(shape.writesByLifetime))),
		output: countIn(usage, shape.output),
		total: countIn(usage, shape.total),
		contains: containedBy(shape, usage),
		totalDecides: shape.totalDecides,
		cacheUnknown: !cacheTold,
		incomplete: shape.incomplete || isSpoiltAnywhere || undefined,
	};
};

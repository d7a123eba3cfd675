/**
 * Whether a saved value has the shape of an example: its kinds of values (numbers finite), at least the keys of its
 * objects, the elements of its lists. A list of one element is an example of lists of any length of such elements, a
 * longer one of lists of exactly these. What was saved by another version, or damaged, is not like it.
 */
export const isLike = <Shape>(value: unknown, example: Shape): value is Shape => {
	if (Array.isArray(example)) {
		return (
			Array.isArray(value) &&
			(example.length === 1 || value.length === example.length) &&
			value.every((element, index) => isLike(element, example[example.length === 1 ? 0 : index]))
		);
	}
	if (typeof example === 'object' && example !== null) {
		return (
			typeof value === 'object' &&
			value !== null &&
			Object.entries(example).every(
				([key, part]) => Object.hasOwn(value, key) && isLike((value as Readonly<Record<string, unknown>>)[key], part),
			)
		);
	}
	return typeof value === typeof example && (typeof value !== 'number' || Number.isFinite(value));
};

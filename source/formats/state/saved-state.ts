/**
 * Identifies the saved states of all formats. To be raised if one of them changes: logs are then read again from their
 * start, because a session could not continue without what earlier lines told it.
 */
export const statesVersion = 1;

/**
 * True if a saved value has the shape of an example: the same types (numbers finite), at least the keys of its objects,
 * the elements of its lists. A list with one element stands for lists of any length, a longer one for lists with
 * exactly these elements. Rejects state of other versions, and damaged state.
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

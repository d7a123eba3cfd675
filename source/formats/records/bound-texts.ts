import {boundName} from '../../text/bound-names.js';

/** A copy with all texts bounded, so that they cannot fill the saved state. */
export const withBoundTexts = <Value>(value: Value): Value => {
	if (typeof value === 'string') {
		return boundName(value) as Value;
	}
	if (Array.isArray(value)) {
		return value.map(withBoundTexts) as Value;
	}
	return typeof value === 'object' && value !== null
		? (Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withBoundTexts(part)])) as Value)
		: value;
};

const notAscii = /[\u007f-\uffff]/g;

/** `json.dumps` of a string: ASCII only, characters beyond it as UTF-16 escapes. */
export const asciiJson = (text: string): string =>
	JSON.stringify(text).replace(notAscii, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** `json.dumps` of a value with the default separators. */
export const pythonJson = (value: unknown): string => {
	if (typeof value === 'string') {
		return asciiJson(value);
	}

	if (Array.isArray(value)) {
		return `[${value.map(pythonJson).join(', ')}]`;
	}

	if (typeof value === 'object' && value !== null) {
		return `{${Object.entries(value)
			.map(([key, item]) => `${asciiJson(key)}: ${pythonJson(item)}`)
			.join(', ')}}`;
	}

	return JSON.stringify(value);
};

import type {LogValue} from './log-record.js';

/** Characters for which `str.isprintable` is false, apart from the space. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/gu;

const escapeUnprintable = (character: string): string => {
	switch (character) {
		case ' ':
			return character;
		case '\n':
			return '\\n';
		case '\r':
			return '\\r';
		case '\t':
			return '\\t';
		default: {
			const code = character.codePointAt(0) ?? 0;
			if (code < 0x100) {
				return `\\x${code.toString(16).padStart(2, '0')}`;
			}

			return code < 0x1_0000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
		}
	}
};

/** Python's `repr()` of a value; numbers are Python ints. */
export const pythonRepr = (value: LogValue): string => {
	if (typeof value !== 'string') {
		return value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value);
	}

	const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
	const escaped = value.replaceAll('\\', '\\\\').replace(unprintable, escapeUnprintable);
	return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
};

const needsQuotes = /[ \t=\r\n"']/;

/** A value as structlog's console renderer writes it: plain strings unchanged, everything else as its repr. */
export const consoleValue = (value: LogValue): string =>
	typeof value === 'string' && !needsQuotes.test(value) ? value : pythonRepr(value);

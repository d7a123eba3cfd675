/** The start of the event in the three renderings of the backend's logger, at fixed offsets. */

const jsonBeginning = Buffer.from('{"event": "');
const colourBeginning = Buffer.from('\u001B[2m');
const [escapeByte, opening, closing, digit2, brace, letterZ, letterM] = [27, 91, 93, 50, 123, 90, 109];

/** True if the text is at this index. */
export const startsWith = (bytes: Buffer, at: number, text: Uint8Array): boolean => {
	for (let index = 0; index < text.length; index++) {
		if (bytes[at + index] !== text[index]) {
			return false;
		}
	}
	return true;
};

/** Index after a time of structlog, with or without microseconds; -1 if there is none. */
const afterStamp = (bytes: Buffer, at: number): number => {
	if (bytes[at] !== digit2) {
		return -1;
	}
	return bytes[at + 26] === letterZ ? at + 27 : bytes[at + 19] === letterZ ? at + 20 : -1;
};

/** Bytes from the end of the time to the event, without and with colours. */
const consoleHeader = ' [LEVEL....] '.length;
const colourHeader = '\u001B[0m [\u001B[32m\u001B[1mLEVEL....\u001B[0m] \u001B[1m'.length;

/** Start of the event in a line of one of the three renderings; -1 for any other line. */
export const eventStart = (bytes: Buffer, start: number): number => {
	const first = bytes[start];
	if (first === brace) {
		return startsWith(bytes, start, jsonBeginning) ? start + jsonBeginning.length : -1;
	}
	const coloured = first === escapeByte;
	if (coloured && !startsWith(bytes, start, colourBeginning)) {
		return -1;
	}
	const stamped = afterStamp(bytes, coloured ? start + colourBeginning.length : start);
	if (stamped < 0) {
		return -1;
	}
	if (coloured) {
		const event = stamped + colourHeader;
		return bytes[event - 6] === closing && bytes[event - 4] === escapeByte && bytes[event - 1] === letterM ? event : -1;
	}
	const event = stamped + consoleHeader;
	return bytes[event - 12] === opening && bytes[event - 2] === closing ? event : -1;
};

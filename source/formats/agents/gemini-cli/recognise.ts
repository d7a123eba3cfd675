import {looksLike} from '../../json/json-line.js';
import type {JsonObject} from '../../json/json-values.js';

const isSession = (value: JsonObject): boolean =>
	typeof value.sessionId === 'string' && typeof value.projectHash === 'string';

/** A document that is spread over lines, and begins with the names of its session and project. */
const isDocument = (head: Buffer): boolean => {
	const text = head.toString('utf8', 0, 16_384);
	return (
		/^\{\r?\n\s+"/.test(text) &&
		/^\s+"sessionId": "/m.test(text) &&
		// Copies without the project are known.
		(/^\s+"projectHash": "/m.test(text) || /^\s+"type": "gemini"/m.test(text))
	);
};

/** Whether a log begins as a chat of Gemini CLI does, as one document or a record a line. */
export const recogniseGeminiCli = (head: Buffer): boolean =>
	isDocument(head) ||
	looksLike(head, line => {
		const isAnswer = line.type === 'gemini' && typeof line.id === 'string' && typeof line.timestamp === 'string';
		const isOther = '$set' in line || '$rewindTo' in line || typeof line.id === 'string';
		return isSession(line) || isAnswer ? 'own' : isOther ? 'neutral' : 'foreign';
	});

import {looksLike} from '../../json/json-line.js';
import type {JsonObject} from '../../json/json-values.js';

const isSession = (value: JsonObject): boolean =>
	typeof value.sessionId === 'string' && typeof value.projectHash === 'string';

/** A document over several lines that starts with the names of its session and project. */
const isDocument = (head: Buffer): boolean => {
	const text = head.toString('utf8', 0, 16_384);
	return (
		/^\{\r?\n\s+"/.test(text) &&
		/^\s+"sessionId": "/m.test(text) &&
		// There are copies without the project.
		(/^\s+"projectHash": "/m.test(text) || /^\s+"type": "gemini"/m.test(text))
	);
};

/** True if a log starts like a chat of Gemini CLI, as a document or with one record per line. */
export const recogniseGeminiCli = (head: Buffer): boolean =>
	isDocument(head) ||
	looksLike(head, line => {
		const isAnswer = line.type === 'gemini' && typeof line.id === 'string' && typeof line.timestamp === 'string';
		const isOther = '$set' in line || '$rewindTo' in line || typeof line.id === 'string';
		return isSession(line) || isAnswer ? 'own' : isOther ? 'neutral' : 'foreign';
	});

import {type Kinship, looksLikeBytes} from '../../json/json-line.js';
import {Member} from '../../json/member.js';
import {ObjectSkimmer} from '../../json/object-skimmer.js';

const type = new Member('type');
const parentUuid = new Member('parentUuid');
const uuid = new Member('uuid');
const sessionId = new Member('sessionId');
const parts = new Member('parts');
const message = new Member('message', {inside: [parts]});
const leafUuid = new Member('leafUuid');
const messageId = new Member('messageId');
const snapshot = new Member('snapshot');
const usageMetadata = new Member('usageMetadata');
const systemPayload = new Member('systemPayload');

/** Lines are not decoded, because they may contain megabytes of tool results. */
const skimmer = new ObjectSkimmer(
	[type, parentUuid, uuid, sessionId, message, leafUuid, messageId, snapshot, usageMetadata, systemPayload],
	// Every object is relevant.
	['"'],
);

const kinshipOf = (bytes: Buffer, start: number, end: number): Kinship => {
	if (skimmer.read(bytes, start, end) !== 'object' || !type.isText) {
		return 'foreign';
	}
	// Qwen Code's records have Claude Code's fields, and these.
	if (parts.isList || usageMetadata.isObject || systemPayload.isObject) {
		return 'foreign';
	}
	// Tools that copy transcripts omit what they do not need.
	const isMessage = parentUuid.exists || (uuid.isText && message.isObject);
	const isEntry = isMessage && sessionId.isText;
	const isNote = leafUuid.isText || (messageId.isText && snapshot.exists);
	return isEntry || isNote ? 'own' : 'neutral';
};

/** True if the first lines of a log are those of a transcript of Claude Code. */
export const isClaudeCode = (head: Buffer): boolean =>
	looksLikeBytes(head, (start, end) => kinshipOf(head, start, end));

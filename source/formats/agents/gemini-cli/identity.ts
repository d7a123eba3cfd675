import {namesOf} from '../../records/path.js';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The identity of a message, equal in every copy. Its id is a UUID (google-gemini/gemini-cli,
 * packages/core/src/services/chatRecordingService.ts) and is kept when its session is resumed, renamed, or rewritten
 * as `.jsonl`. Other programs write such files with ids that are unique only within their session or file, such as
 * `msg-001`.
 */
export const identityOf = (id: string, session: string): string => (uuid.test(id) ? id : `${session}:${id}`);

/** Name of a log without its extension: `session-1` for `chats/session-1.jsonl`. */
export const fileOf = (source: string): string => (namesOf(source)[0] as string).replace(/\.jsonl?$/, '');

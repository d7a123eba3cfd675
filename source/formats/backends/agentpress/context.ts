import {type LogRecord, parseTail} from '../../wrappers/log-record.js';

/** What identifies the lines of a conversation. */
type Context = {readonly thread: string | undefined; readonly run: string | undefined};

const name = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * The context of an event.
 * @param tail what follows its text; if the event continues there it is another one, and undefined is returned
 */
export const contextOf = (record: LogRecord, tail: string): Context | undefined => {
	const fields = record.fields ?? parseTail(tail);
	if (!fields || (record.fields && tail.trim() !== '')) {
		return undefined;
	}
	return {thread: name(fields.thread_id), run: name(fields.agent_run_id)};
};

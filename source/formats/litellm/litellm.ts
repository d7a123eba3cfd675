import {utc} from '../../time/stamp.js';
import type {Format} from '../format.js';
import {holdsObject} from '../usage-lines/holds-object.js';
import {readRow} from './row.js';
import {LiteLlmSession, needles} from './session.js';

/** Logs of a LiteLLM proxy: its StandardLoggingPayload or rows of its spend table, as JSON lines. */
export const litellm: Format = {
	name: 'litellm',
	title: 'LiteLLM proxy',
	recognise: head => holdsObject(head, needles, value => readRow(value, utc) !== undefined),
	open: (context, saved) => new LiteLlmSession(context, saved),
};

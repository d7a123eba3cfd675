import {utc} from '../../../time/stamp.js';
import type {Format} from '../../format.js';
import {BackendSession} from '../backend-session.js';
import {holdsContent} from '../holds-content.js';
import {readRow} from './row.js';

/** Logs of a LiteLLM proxy: its StandardLoggingPayload, or rows of its spend table as JSON. */
export const litellm: Format = {
	name: 'litellm',
	title: 'LiteLLM proxy',
	recognise: head =>
		holdsContent(head, content => content.kind === 'object' && readRow(content.value, utc) !== undefined),
	open: BackendSession.open,
};

import type {Format} from '../../format.js';
import {BackendSession} from '../backend-session.js';
import {holdsContent} from '../holds-content.js';
import {eventIn} from './reader.js';

/** Logs of an AgentPress / Suna backend, of every version and rendering, bare or wrapped. */
export const agentpress: Format = {
	name: 'agentpress',
	title: 'AgentPress / Suna backend',
	recognise: head => holdsContent(head, content => eventIn(content) !== undefined),
	open: BackendSession.open,
};

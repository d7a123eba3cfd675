import type {Format} from '../../format.js';
import {BackendSession} from '../backend-session.js';
import {holdsContent} from '../holds-content.js';
import {readEvent, tellsCall} from './event.js';

/** The events that the backend sends to GlitchTip for each call, one per line: plans without an outcome. */
export const glitchtip: Format = {
	name: 'glitchtip',
	title: 'GlitchTip events',
	recognise: head =>
		holdsContent(head, ({kind, ...content}) => {
			const event = kind === 'object' && 'value' in content ? readEvent(content.value) : undefined;
			return event !== undefined && tellsCall(event);
		}),
	open: BackendSession.open,
};

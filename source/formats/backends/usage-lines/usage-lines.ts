import type {Format} from '../../format.js';
import {BackendSession} from '../backend-session.js';
import {holdsContent} from '../holds-content.js';
import {tellsUsage} from '../records.js';

/** Lines of any application with a provider's usage object, or a tracer's attributes for it. */
export const usageLines: Format = {
	name: 'usage-lines',
	title: 'lines with usage',
	catchAll: true,
	recognise: head => holdsContent(head, tellsUsage),
	open: BackendSession.open,
};

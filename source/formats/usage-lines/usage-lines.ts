import {utc} from '../../time/stamp.js';
import type {Format} from '../format.js';
import {holdsObject} from './holds-object.js';
import {callsIn, needles, UsageLinesSession} from './session.js';

/** JSON lines of any application that holds a provider's usage object or OpenTelemetry's attributes for it. */
export const usageLines: Format = {
	name: 'usage-lines',
	title: 'JSON lines with usage',
	catchAll: true,
	recognise: head => holdsObject(head, needles, value => callsIn(value, utc).length > 0),
	open: (context, saved) => new UsageLinesSession(context, saved),
};

import * as v from 'valibot';
import {policies} from '../../../metrics/money/what-if.js';
import {lossSchema} from './breaks.js';
import {coldStartsSchema} from './costs.js';
import {figuresSchema} from './figures.js';
import {described, instantOrNull, list, oneOfOrNull, textOrNull} from './values.js';

/** The requests that share a model, a thread, a project or a log. */
export const groupSchema = v.strictObject({
	name: textOrNull('As logged; null where the log does not say.'),
	first_seen: instantOrNull('Time of its first request in the window; null where one has no time.'),
	last_seen: instantOrNull('Time of its latest request; null where none has a time.'),
	models: list(v.string(), 'The models of its requests, as logged.'),
	...figuresSchema.entries,
	breaks: described(lossSchema, 'Cached tokens that its requests lost. Nulls where nothing was measured.'),
	cheapest_policy: oneOfOrNull(
		policies.filter(policy => policy !== 'as-is'),
		'The cheapest policy of what_if for it. Null where that is not known, or none is cheaper than another.',
	),
});

const coldStarts = v.pipe(
	v.nullable(coldStartsSchema),
	v.description('Conversations with the cache that began in it.'),
);

/** The same for a project or an agent. */
export const coldGroupSchema = v.strictObject({...groupSchema.entries, cold_starts: coldStarts});

/** A group of requests in the JSON report. */
export type GroupJson = v.InferOutput<typeof groupSchema>;

import type {Evidence} from '../../metrics/breaks/suspects/evidence.js';
import type {ThreadEvent} from '../../request.js';
import {dollars, orNull} from '../json/values.js';

/**
 * What happened before breaks and where they stopped. `looked_at` is the number of requests and breaks examined, newest
 * first.
 */
export const evidenceFigures = ({suspects, survived, breaks, requests}: Evidence) => ({
	by_suspect: suspects.map(suspect => ({
		kind: suspect.kind,
		detail: orNull(suspect.detail),
		breaks: suspect.breaks,
		requests: suspect.requests,
		lift: Math.round(suspect.lift * 100) / 100,
		lost_cost: dollars(suspect.lostCost),
	})),
	survived: survived.map(found => ({
		cluster: found.cluster,
		name: found.name,
		read: found.read,
		breaks: found.breaks,
		of: found.of,
	})),
	looked_at: {breaks, requests},
});

/** The events before one request. */
export const eventFigures = (events: readonly ThreadEvent[]) =>
	events.map(({kind, detail}) => ({kind, detail: orNull(detail)}));

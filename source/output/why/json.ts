import type {Break} from '../../metrics/breaks/breaks.js';
import type {Report} from '../../metrics/report/report.js';
import type {OutputContext} from '../context.js';
import {eventFigures, evidenceFigures} from '../evidence/json.js';
import {breakFigures, filterFigures, windowFigures} from '../json/figures.js';
import {schemaVersion} from '../json/schema-version.js';
import {dollars, instant, orNull, requestInstant} from '../json/values.js';
import {eventsBefore, mostExpensive, readBy} from './explained.js';

/** The explained breaks as plain data; `breaks` is the same as in the JSON report. */
export const toWhyJson = (report: Report, {zone}: OutputContext) => ({
	schema_version: schemaVersion,
	generated_at: instant(report.generatedAt),
	basis: orNull(report.summary.basis),
	window: windowFigures(report.window, zone),
	filter: filterFigures(report.filter),
	breaks: {...breakFigures(report.breaks, report.summary), ...evidenceFigures(report.evidence)},
	most_expensive: mostExpensive(report).map(breakJson),
});

const breakJson = (found: Break) => {
	const {request} = found;
	return {
		timestamp: requestInstant(request.time),
		id: request.id,
		thread: orNull(request.thread),
		agent: orNull(request.agent),
		project: orNull(request.project),
		branch: orNull(request.branch),
		source: request.source,
		line: orNull(request.line),
		model: orNull(request.model),
		provider: orNull(request.provider),
		client: orNull(request.client),
		cause: found.cause,
		reported: found.reported,
		provisional: found.provisional,
		detail: found.detail,
		cache_read: readBy(found),
		lost_tokens: found.lostTokens,
		lost_cost: dollars(found.lostCost),
		suspects: eventFigures(eventsBefore(found)),
	};
};

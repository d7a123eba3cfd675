import type {Break} from '../../metrics/breaks/breaks.js';
import {isEmptyFilter} from '../../metrics/filter.js';
import {plural} from '../../metrics/number-words.js';
import type {Report} from '../../metrics/report/report.js';
import {sanitize} from '../../text/sanitize.js';
import type {OutputContext} from '../context.js';
import {eventsText} from '../evidence/phrases.js';
import {survivedLines, suspectLines} from '../evidence/text.js';
import {formatCount, formatTime} from '../numbers.js';
import {filterPhrase, knowsBreaks, logPlace, smallPhrase, windowPhrase} from '../phrases.js';
import {type Drawing, drawingOf, page, paragraph, section, type TextOptions} from '../text/drawing.js';
import {causePhrase, eventsBefore, lostPhrase, mostExpensive, readBy} from './explained.js';

/**
 * The most expensive breaks with their evidence, what happened before them, and what survived. Ends with a line feed.
 */
export const whyText = (report: Report, {zone}: OutputContext, options: TextOptions = {}): string => {
	const drawing = drawingOf(options);
	const {breaks, evidence} = report;
	const filter = filterPhrase(report.filter);
	const explained = mostExpensive(report);
	return page(
		'Why cache was lost',
		[`Window: ${windowPhrase(report, zone)}`, ...(filter === undefined ? [] : [`Filter: ${filter}`]), headline(report)],
		[
			...section(
				explained.length < breaks.count ? `The ${explained.length} most expensive breaks` : 'Breaks',
				explained.flatMap((found, index) => breakLines(found, index + 1, zone, drawing)),
				drawing,
			),
			...section('What happened before breaks', suspectLines(evidence, drawing), drawing),
			...section('What survived', survivedLines(evidence, drawing), drawing),
		],
		drawing,
	);
};

/** One sentence: how many breaks there are and what they cost, or why none are known. */
export const headline = (report: Report): string => {
	const {breaks, summary} = report;
	const small = smallPhrase(report);
	if (report.count === 0) {
		return isEmptyFilter(report.filter)
			? 'No requests in this window.'
			: 'No requests in this window match the filter.';
	}
	if (summary.basis !== 'measured') {
		return 'Not known: the log has no usage.';
	}
	if (breaks.count === 0) {
		if (!knowsBreaks(report)) {
			return 'Not known: the log does not name threads.';
		}
		return small === undefined
			? 'No breaks: nothing that was in the cache was lost.'
			: `No breaks: ${small}, too small to be breaks.`;
	}
	return `${plural(breaks.count, 'break')} lost ${lostPhrase(breaks)}.${small === undefined ? '' : ` Besides, ${small}.`}`;
};

const breakLines = (found: Break, number: number, zone: string, drawing: Drawing): readonly string[] => {
	const start = `  ${number}. `;
	const {request} = found;
	const events = eventsBefore(found);
	const lines = [
		`${formatTime(request.time, zone, 'date')}  ${sanitize(request.thread ?? 'no thread')}  ${lostPhrase(found)}`,
		`${causePhrase(found)}: ${sanitize(found.detail)}`,
		`Read ${formatCount(readBy(found))} tokens${request.model === undefined ? '' : ` with ${sanitize(request.model)}`}${request.client === undefined ? '' : `, sent by ${sanitize(request.client)}`}.`,
		...(events.length === 0 ? [] : [`Before it: ${eventsText(events)}.`]),
		`${logPlace(request)}${request.branch === undefined ? '' : `, branch ${sanitize(request.branch)}`}`,
	].flatMap(text => paragraph(text, drawing, start.length));
	return lines.map((line, index) => (index === 0 ? start + line.slice(start.length) : line));
};

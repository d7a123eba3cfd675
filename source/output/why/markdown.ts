import type {Break} from '../../metrics/breaks/breaks.js';
import {eventWords} from '../../metrics/breaks/suspects/suspicious.js';
import type {Report} from '../../metrics/report/report.js';
import {evidenceNote, liftText, survivedText} from '../evidence/phrases.js';
import {escapeMarkdown, table} from '../markdown/escape.js';
import {formatCount, formatGap, moneyColumn} from '../numbers.js';
import {publicClient, publicDetail, publicModelName, withoutNames} from './anonymous.js';
import {causePhrase, eventsBefore, mostExpensive, readBy} from './explained.js';
import {headline} from './text.js';

/**
 * The content of `whyText` in Markdown, fit for a public bug report: without threads, projects, hosts, paths and ids,
 * and with public event details only.
 */
export const whyMarkdown = (report: Report): string => {
	const explained = mostExpensive(report);
	return `${['# Why cache was lost', headline(report), ...breakParts(explained), ...suspectParts(report), ...survivedParts(report)].join('\n\n')}\n`;
};

const breakParts = (explained: readonly Break[]): readonly string[] => {
	const costs = moneyColumn(explained.map(({lostCost}) => lostCost));
	return explained.length === 0
		? []
		: [
				'## The most expensive breaks',
				table(
					['Cause', 'Idle', 'Read', 'Lost', 'Cost', 'Before it', 'Model', 'Client'],
					explained.map((found, index) => {
						const detail = publicDetail(found);
						return [
							escapeMarkdown(`${causePhrase(found)}${detail === undefined ? '' : `: ${detail}`}`),
							formatGap(found.gap),
							formatCount(readBy(found)),
							formatCount(found.lostTokens),
							costs[index] ?? '',
							escapeMarkdown(unique(eventsBefore(found).map(event => eventWords(withoutNames(event)))).join(', ')),
							publicModelName(found.request.model) ?? 'n/a',
							publicClient(found.request.client) ?? 'n/a',
						];
					}),
					column => column > 0 && column < 5,
				),
			];
};

const suspectParts = ({evidence}: Report): readonly string[] =>
	evidence.suspects.length === 0
		? []
		: [
				'## What happened before breaks',
				table(
					['Before it', 'Breaks', 'Requests', 'Lift'],
					evidence.suspects.map(suspect => [
						escapeMarkdown(eventWords(withoutNames(suspect))),
						formatCount(suspect.breaks),
						formatCount(suspect.requests),
						liftText(suspect),
					]),
					column => column > 0,
				),
				evidenceNote(evidence),
			];

/** Names the client only; thread and project are private. */
const survivedParts = ({evidence}: Report): readonly string[] =>
	evidence.survived.length === 0
		? []
		: [
				'## What survived',
				evidence.survived
					.map(found => {
						const client = found.cluster === 'client' ? publicClient(found.name) : undefined;
						return `- ${survivedText(found)} of ${client ?? `one ${found.cluster}`}`;
					})
					.join('\n'),
			];

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

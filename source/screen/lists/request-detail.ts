import type {Break} from '../../metrics/breaks/breaks.js';
import {survivedWith} from '../../metrics/breaks/suspects/survived.js';
import {suspectsOf} from '../../metrics/breaks/suspects/suspicious.js';
import type {PriceList} from '../../metrics/money/pricing.js';
import type {Report} from '../../metrics/report/report.js';
import {clusterText, eventsText, survivedText} from '../../output/evidence/phrases.js';
import {formatCount, formatMoney, formatTime} from '../../output/numbers.js';
import {logPlace} from '../../output/phrases.js';
import {type Request, writtenTokens} from '../../request.js';
import {sanitize} from '../../text/sanitize.js';
import {breakSentence, certainty} from '../presentation/cause-words.js';
import {costOfRequest} from '../presentation/cells.js';
import {projectName} from '../presentation/project-names.js';
import {threadName} from '../presentation/thread-names.js';
import {breaksById} from '../report/report-index.js';
import {type Line, muted, primary} from '../text/line.js';
import type {Detail} from './listing.js';

/** Identifies a request: `645ea3df · web · 24 Nov 23:37:16`. */
const titleOf = (report: Report, {thread, project, time}: Request, timeZone: string): readonly string[] => [
	threadName(report, thread),
	...(project === undefined ? [] : [projectName(report, project)]),
	formatTime(time, timeZone, 'short'),
];

/** Where a request was read, and who sent and served it, as far as the log reports it. */
const originLine = (request: Request): Line => {
	const {branch, model, agent, provider, client} = request;
	const named = [
		branch && `branch ${branch}`,
		model,
		agent && `agent ${agent}`,
		provider && `served by ${provider}`,
		client,
	].flatMap(part => (part ? sanitize(part) : []));
	return muted([logPlace(request), ...named].join(' · '));
};

const tokensLine = ({usage}: Request): Line =>
	usage
		? primary(
				[
					usage.cacheUnknown ? 'cache unknown' : `read ${formatCount(usage.cacheRead)}`,
					`written ${formatCount(writtenTokens(usage))}`,
					`uncached ${formatCount(usage.uncached)}`,
					`output ${formatCount(usage.output)}`,
				].join(' · '),
			)
		: muted('no usage in the log');

/** A break in full: the evidence, what it cost and where it happened. */
export const breakDetailOf = (report: Report, found: Break, timeZone: string): Detail => ({
	title: titleOf(report, found.request, timeZone),
	aside: certainty(found),
	lines: [
		primary(breakSentence(found)),
		...eventLines(found),
		primary(
			`${formatCount(found.lostTokens)} cached tokens were paid for again: ${formatMoney(found.lostCost)} more than reading them`,
		),
		originLine(found.request),
		...survivedLines(report, found),
	],
});

/** What happened before a break; empty if the log reports nothing. */
const eventLines = ({request}: Break): readonly Line[] => {
	const events = suspectsOf(request);
	return events.length === 0 ? [] : [primary(`before it: ${eventsText(events)}`)];
};

/** Whether other chains lost the cache at the same time. */
const survivedLines = ({evidence}: Report, found: Break): readonly Line[] => {
	const survived = survivedWith(evidence.survived, found);
	return survived === undefined ? [] : [primary(`${survivedText(survived)} ${clusterText(survived)}`)];
};

/** A request in full. */
export const requestDetail = (
	report: Report,
	request: Request,
	{timeZone, prices}: {readonly timeZone: string; readonly prices: PriceList | undefined},
): Detail => {
	const cost = costOfRequest(request, prices);
	const found = breaksById(report).get(request.id);
	return {
		title: titleOf(report, request, timeZone),
		lines: [
			[...tokensLine(request), ...(cost === undefined ? [] : muted(` · cost ${formatMoney(cost)}`))],
			...(found ? [primary(breakSentence(found))] : []),
			originLine(request),
		],
	};
};

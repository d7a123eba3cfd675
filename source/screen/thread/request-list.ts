import {formatCount} from '../../output/numbers.js';
import {type Request, type Usage, writtenTokens} from '../../request.js';
import {columnsOf} from '../../text/columns-of.js';
import {type Listing, type ListOptions, listingOf} from '../lists/listing.js';
import {breakPhrase, breakSentence} from '../presentation/cause-words.js';
import {costCell, costOfRequest, lostTokensCell, markedCell, tokenCell} from '../presentation/cells.js';
import {modelNames} from '../presentation/model-names.js';
import {outcomeLine, outcomeOf} from '../presentation/request-words.js';
import {rowTime} from '../presentation/row-time.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, strong} from '../text/line.js';
import type {ThreadView} from './thread-view.js';

const widestModel = 24;
const leastForSwitches = 80;
/** Share of the width for the cause, in a row with all columns. */
const causeShare = 0.28;
const mostCause = 72;

/** Nothing is inferred from usage that the application only estimated. */
const isGuess = ({accuracy}: Usage): boolean => accuracy === 'estimated' || accuracy === 'fallback';

/** What happened to the cache at a request; empty if it found what it expected. */
export const whyOf = (view: ThreadView, request: Request, wording = breakSentence): string => {
	const {requests, lostBy, fromStart} = view;
	const found = lostBy(request);
	if (found) {
		return wording(found);
	}
	if (request === requests[0]) {
		return fromStart ? 'first request' : 'first request here';
	}
	const {usage} = request;
	if (!usage) {
		return view.group.summary.basis === 'measured' ? 'no usage in the log' : '';
	}
	return isGuess(usage) ? 'usage guessed by the application' : '';
};

/** The requests of a thread, oldest first. */
export const requestList = (view: ThreadView, {timeZone, prices, columns}: Omit<ListOptions, 'order'>): Listing => {
	const {requests, group, lostBy} = view;
	const {basis} = group.summary;
	const nameOf = modelNames(group.models);
	const switches = group.models.length > 1;
	const changed = new Set(
		requests.filter((request, index) => index > 0 && request.model !== requests[index - 1]?.model),
	);
	const span = {from: group.firstTime, to: group.lastTime};
	return listingOf({
		title:
			requests.length < group.summary.requests ? `Requests: the newest ${formatCount(requests.length)}` : 'Requests',
		note: 'oldest first',
		empty: [],
		follows: false,
		items: requests,
		keyOf: ({id}) => id,
		opens: ({id}) => ({sheet: id}),
		copies: ({id}) => id,
		fields: [
			{heading: 'time', align: 'right', cell: ({time}) => primary(rowTime(time, span, timeZone))},
			{
				heading: 'model',
				// On narrow screens only the chart shows where the model changes.
				keep: switches && columns >= leastForSwitches ? 8 : 1,
				cell: request => {
					const name = cutText(nameOf(request.model), widestModel);
					return changed.has(request) ? strong(name) : muted(name);
				},
			},
			{heading: 'marked', align: 'right', cell: found => (basis === 'planned' ? markedCell(found) : [])},
			{heading: 'read', align: 'right', keep: 7, cell: ({usage}) => tokenCell(usage?.cacheRead)},
			{heading: 'written', align: 'right', keep: 6, cell: ({usage}) => tokenCell(usage && writtenTokens(usage))},
			{heading: 'uncached', align: 'right', keep: 2, cell: ({usage}) => tokenCell(usage?.uncached)},
			{
				heading: 'lost',
				align: 'right',
				keep: 5,
				cell: found => (basis === 'measured' ? lostTokensCell(lostBy(found)) : []),
			},
			{
				heading: 'cost',
				align: 'decimal',
				keep: 4,
				amount: found => costOfRequest(found, prices),
				cell: (found, places) => costCell(found, prices, places),
			},
			{heading: '', keep: 3, cell: found => outcomeLine(outcomeOf(found, basis), lostBy(found))},
		],
		rest: {
			heading: 'cause',
			least: Math.min(mostCause, Math.floor(columns * causeShare)),
			cell: (request, room): Line => {
				const whole = whyOf(view, request);
				return muted(columnsOf(whole) <= room ? whole : whyOf(view, request, breakPhrase));
			},
		},
	});
};

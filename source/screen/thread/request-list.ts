import type {Request} from '../../request.js';
import {writtenTokens} from '../../request.js';
import {type ListOptions, type Listing, listingOf} from '../lists/listing.js';
import {breakPhrase, breakSentence} from '../presentation/cause-words.js';
import {costCell, lostTokensCell, tokenCell} from '../presentation/cells.js';
import {shortModel} from '../presentation/model-names.js';
import {markedTokens, outcomeLine, outcomeOf} from '../presentation/request-words.js';
import {rowTime} from '../presentation/row-time.js';
import {columnsOf} from '../text/columns-of.js';
import {cutText} from '../text/cut.js';
import {type Line, muted, primary, strong} from '../text/line.js';
import type {ThreadView} from './thread-view.js';

const widestModel = 24;
const leastCause = 30;

/** What a request saw, in words; empty for one that found what it expected. */
export const whyOf = (
	{requests, lostBy, fromStart}: ThreadView,
	request: Request,
	wording: typeof breakSentence = breakSentence,
): string => {
	const found = lostBy(request);
	if (found) {
		return wording(found);
	}
	if (request === requests[0]) {
		return fromStart ? 'first request' : 'first request here';
	}
	return '';
};

/** The requests of a thread, oldest first as they happened. */
export const requestList = (view: ThreadView, {timeZone, prices}: Omit<ListOptions, 'sort'>): Listing => {
	const {requests, group, lostBy} = view;
	const {basis} = group.summary;
	const switches = group.models.length > 1;
	const changed = new Set(requests.filter((request, index) => index > 0 && request.model !== requests[index - 1]?.model));
	const span = {from: group.firstTime, to: group.lastTime};
	return listingOf({
		title: 'Requests',
		order: 'oldest first',
		empty: [],
		follows: false,
		count: requests.length,
		at: index => requests[index],
		keyOf: ({id}) => id,
		opens: () => undefined,
		fields: [
			{heading: 'time', align: 'right', cell: ({time}) => primary(rowTime(time, span, timeZone))},
			{
				heading: 'model',
				keep: switches ? 8 : 1,
				cell: request => {
					const name = cutText(shortModel(request.model), widestModel);
					return changed.has(request) ? strong(name) : muted(name);
				},
			},
			{heading: 'marked', align: 'right', cell: found => (basis === 'planned' ? tokenCell(markedTokens(found)) : [])},
			{heading: 'read', align: 'right', keep: 7, cell: ({usage}) => tokenCell(usage?.cacheRead)},
			{heading: 'written', align: 'right', keep: 6, cell: ({usage}) => tokenCell(usage && writtenTokens(usage))},
			{heading: 'uncached', align: 'right', keep: 2, cell: ({usage}) => tokenCell(usage?.uncached)},
			{
				heading: 'lost',
				align: 'right',
				keep: 5,
				cell: found => (basis === 'measured' ? lostTokensCell(lostBy(found)) : []),
			},
			{heading: 'cost', align: 'decimal', keep: 3, cell: found => costCell(found, prices)},
			{heading: '', keep: 4, cell: found => outcomeLine(outcomeOf(found, basis), lostBy(found))},
		],
		rest: {
			heading: 'cause',
			least: leastCause,
			cell: (request, columns): Line => {
				const whole = whyOf(view, request);
				return muted(columnsOf(whole) <= columns ? whole : whyOf(view, request, breakPhrase));
			},
		},
	});
};

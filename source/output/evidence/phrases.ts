import type {Evidence} from '../../metrics/breaks/suspects/evidence.js';
import type {Suspect} from '../../metrics/breaks/suspects/lift.js';
import type {Survived} from '../../metrics/breaks/suspects/survived.js';
import {eventWords} from '../../metrics/breaks/suspects/suspicious.js';
import {plural} from '../../metrics/number-words.js';
import type {ThreadEvent} from '../../request.js';
import {sanitize} from '../../text/sanitize.js';
import {formatCount} from '../numbers.js';

/** `slash command /mcp`, safe to print. */
export const eventText = (event: ThreadEvent): string => sanitize(eventWords(event));

/** `slash command /mcp, tools +search`: the events before one request. */
export const eventsText = (events: readonly ThreadEvent[]): string => events.map(eventText).join(', ');

/** `slash command /mcp`; only the kind if all of its events are counted together. */
export const suspectName = ({kind, detail}: Suspect): string =>
	detail === undefined ? sanitize(kind) : eventText({kind, detail});

/** `5 of the 8 requests after it broke`. */
export const suspectCounts = ({breaks, requests}: Suspect): string =>
	`${formatCount(breaks)} of the ${plural(requests, 'request')} after it broke`;

/** `12.5×`: how many times more often the event precedes breaks than other requests. */
export const liftText = ({lift}: Suspect): string => `${lift >= 10 ? formatCount(lift) : lift.toFixed(1)}×`;

/** `Stopped at 19,923 tokens in 8 of 8 breaks`. */
export const survivedText = ({read, breaks, of}: Survived): string =>
	read === 0
		? `Nothing survived in ${formatCount(breaks)} of ${plural(of, 'break')}`
		: `Stopped at ${formatCount(read)} tokens in ${formatCount(breaks)} of ${plural(of, 'break')}`;

/** `of project /srv/shop`, safe to print. */
export const clusterText = ({cluster, name}: Survived): string => `of ${cluster} ${sanitize(name)}`;

/** Explains the lift and how many requests it is based on. */
export const evidenceNote = ({requests}: Evidence): string =>
	`How many times as often it stands before unexplained breaks as before requests in general, over the newest ${plural(requests, 'request')}. A correlation, not a proof.`;

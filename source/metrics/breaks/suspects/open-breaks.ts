import type {Request} from '../../../request.js';
import {isMeasured} from '../../measured.js';
import {firstCall} from '../chain.js';
import type {Counted} from '../facts.js';
import {isOpen} from './suspicious.js';

/** The properties of a break with an open cause that evidence is computed from. */
export type OpenBreak = Pick<Request, 'client' | 'project' | 'thread' | 'events'> & {
	/** Tokens that its first call read from the cache, which is where the break stopped; undefined if not measured. */
	readonly read: number | undefined;
};

/** The newest breaks of a window, as evidence uses them. */
export type OpenBreaks = {
	/** Number of breaks, whatever their cause. */
	readonly breaks: number;
	/** Those with an open cause, oldest first. */
	readonly open: readonly OpenBreak[];
};

/** Selects the breaks with an open cause. @param breaks oldest first */
export const openBreaksOf = (breaks: readonly Counted[]): OpenBreaks => ({
	breaks: breaks.length,
	open: breaks.flatMap(({request, facts: {loss}}) => {
		if (!loss || !isOpen(loss.cause)) {
			return [];
		}
		const {client, project, thread, events} = request;
		return {client, project, thread, events, read: isMeasured(request) ? firstCall(request).cacheRead : undefined};
	}),
});

import {type Plan, type Request, writtenTokens} from '../request.js';
import {minimumCacheable} from './models/minimum-size.js';

/** Marked tokens of a plan, as far as the log reports it. */
export const markedTokens = (plan: Plan | undefined): number =>
	plan?.blocks.reduce((sum, {tokens}) => sum + (tokens ?? 0), 0) ?? 0;

/** What tells whether a plan marks anything that can be cached. */
type Planned = Pick<Request, 'plan' | 'usage' | 'model'>;

/**
 * Whether all that a plan marks is known to be below the model's minimum: marking it does nothing, whatever the log says.
 * The tools that stand before the system prompt are not in the plan's count: what was cached was large enough.
 */
export const isBelowMinimum = ({plan, usage, model}: Planned): boolean => {
	const wasCached = usage !== undefined && usage.cacheRead + writtenTokens(usage) > 0;
	if (
		wasCached ||
		!plan ||
		plan.hidden ||
		plan.blocks.length === 0 ||
		plan.blocks.some(({tokens}) => tokens === undefined)
	) {
		return false;
	}
	const minimum = minimumCacheable(model);
	return minimum !== undefined && markedTokens(plan) < minimum;
};

/** Whether the plan marks anything that can be cached. */
export const isPlannedHit = (request: Planned): boolean =>
	(request.plan?.blocks.length ?? 0) > 0 && !isBelowMinimum(request);

import {type Plan, type Request, writtenTokens} from '../request.js';
import {minimumCacheable} from './models/minimum-size.js';

/** The marked tokens of a plan, as far as the log reports them. */
export const markedTokens = (plan: Plan | undefined): number =>
	plan?.blocks.reduce((sum, {tokens}) => sum + (tokens ?? 0), 0) ?? 0;

/** The properties that decide whether a plan marks anything cacheable. */
type Planned = Pick<Request, 'plan' | 'usage' | 'model'>;

/**
 * True if everything that a plan marks is known to be below the model's minimum, so that marking it has no effect. The
 * plan does not count tools, which precede the system prompt: if something was cached, the prompt was large enough.
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

/** True if the plan marks anything cacheable. */
export const isPlannedHit = (request: Planned): boolean =>
	(request.plan?.blocks.length ?? 0) > 0 && !isBelowMinimum(request);

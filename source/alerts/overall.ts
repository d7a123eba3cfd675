import type {Verdict} from './rule.js';

/** The combined verdict of several rules. */
type Outcome = Verdict['state'];

/** Failed if any rule failed; unknown if none could be judged. */
const outcomeOf = (verdicts: readonly Verdict[]): Outcome => {
	const has = (state: Outcome) => verdicts.some(verdict => verdict.state === state);
	return has('failed') ? 'failed' : has('ok') ? 'ok' : 'unknown';
};

/** The result of a check, and the verdicts that decided it. */
export type Status = {
	readonly status: 'ok' | 'warning' | 'critical' | 'unknown';
	/** The verdicts that explain the result: the failed ones, else all. */
	readonly verdicts: readonly Verdict[];
};

/** The combined result of failing rules and of rules that only warn. */
export const statusOf = (critical: readonly Verdict[], warning: readonly Verdict[]): Status => {
	if (outcomeOf(critical) === 'failed') {
		return {status: 'critical', verdicts: critical};
	}
	if (outcomeOf(warning) === 'failed') {
		return {status: 'warning', verdicts: warning};
	}
	const all = [...critical, ...warning];
	return {status: outcomeOf(all) === 'ok' ? 'ok' : 'unknown', verdicts: all};
};

/** Maximum number of verdicts named in one line; phones and pagers would cut more. */
const mostSaid = 3;

const listed = (texts: readonly string[]): string =>
	texts.length > mostSaid
		? `${texts.slice(0, mostSaid).join('; ')}; and ${texts.length - mostSaid} more`
		: texts.join('; ');

/**
 * The verdicts in one line: what failed, by how much and the likeliest cause; else that all rules hold; else why none
 * was judged.
 */
export const outcomeText = (verdicts: readonly Verdict[]): string => {
	const of = (state: Outcome) => verdicts.filter(verdict => verdict.state === state);
	const texts = (state: Outcome) => of(state).map(({text}) => text);
	const outcome = outcomeOf(verdicts);
	const cause = of('failed').find(verdict => verdict.cause !== undefined)?.cause;
	const unjudged = outcome === 'unknown' ? [] : texts('unknown');
	return [
		listed(texts(outcome)),
		...(unjudged.length === 0 ? [] : [listed(unjudged)]),
		...(cause === undefined ? [] : [`Likeliest cause: ${cause.charAt(0).toLowerCase()}${cause.slice(1)}`]),
	].join('. ');
};

import type {Verdict} from './rule.js';

/** The verdict of several rules taken together. */
type Outcome = Verdict['state'];

/** Failed as soon as one is; unknown where there is none that could be judged. */
const outcomeOf = (verdicts: readonly Verdict[]): Outcome => {
	const has = (state: Outcome) => verdicts.some(verdict => verdict.state === state);
	return has('failed') ? 'failed' : has('ok') ? 'ok' : 'unknown';
};

/** The result of a check, and the verdicts that decided it. */
export type Status = {
	readonly status: 'ok' | 'warning' | 'critical' | 'unknown';
	/** Those that tell the reason: of the failed kind, else all. */
	readonly verdicts: readonly Verdict[];
};

/** What the verdicts of rules come to together with those of rules that only warn. */
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

/** Verdicts named in one line; a phone or a pager would cut more. */
const mostSaid = 3;

const listed = (texts: readonly string[]): string =>
	texts.length > mostSaid
		? `${texts.slice(0, mostSaid).join('; ')}; and ${texts.length - mostSaid} more`
		: texts.join('; ');

/**
 * What the verdicts say in one line: what failed by how much, and the likeliest cause; else that all hold; else why
 * nothing was judged.
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

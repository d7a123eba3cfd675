/** How a figure is compared with a limit: the first five compare its value, the others its change since the window before. */
export const operators = ['<=', '>=', '==', '<', '>', 'drops', 'rises'] as const;
/** One of `operators`. */
export type Operator = (typeof operators)[number];

/** A condition under which a check fails: a figure beyond a limit. */
export type Rule = {
	/** The same for every spelling of the rule: `hit_rate < 70`. */
	readonly id: string;
	/** As the user wrote it. */
	readonly text: string;
	/** A name of `figures`, with `previous.` before it for the window before. */
	readonly figure: string;
	/** The rule fails where the comparison holds: `hit_rate < 70` fails below 70, `drops 10` from a drop by 10 on. */
	readonly operator: Operator;
	/**
	 * In the figure's unit: percentages 0–100, dollars, tokens, requests. For `drops` and `rises` points of a
	 * percentage, and percent of the value before of everything else.
	 */
	readonly limit: number;
	/**
	 * A piece of the name of a mark: what came after the latest such mark is judged, and compared with as long a time
	 * before it. Undefined: the window of the check.
	 */
	readonly since?: string;
};

/** What became of a rule in one window. */
export type Verdict = {
	/** The rule's id. */
	readonly rule: string;
	/** One sentence without its full stop: `Hit rate 61.2 % is below 70 % (by 8.8 points)`. */
	readonly text: string;
	/** Unknown: nothing to judge, for too few requests or a figure that is n/a. */
	readonly state: 'ok' | 'failed' | 'unknown';
	/**
	 * What is held against the limit, in its unit: the figure or, for `drops` and `rises`, the size of the change,
	 * which is negative where it went the other way and infinite if the window before had 0. Undefined if it is n/a.
	 */
	readonly value: number | undefined;
	readonly limit: number;
	/** The likeliest cause of a failure, one sentence. */
	readonly cause: string | undefined;
};

/** Whether a rule compares a figure with the window before instead of with a fixed value. */
export const isAgainstBefore = ({operator}: Pick<Rule, 'operator'>): boolean =>
	operator === 'drops' || operator === 'rises';

/**
 * Comparisons of a figure with a limit. `drops` and `rises` compare its change since the window before, the others its
 * value.
 */
export const operators = ['<=', '>=', '==', '<', '>', 'drops', 'rises'] as const;
/** One of `operators`. */
export type Operator = (typeof operators)[number];

/** A condition under which a check fails: a figure beyond a limit. */
export type Rule = {
	/** Normalised text of the rule, equal for every spelling of it: `hit_rate < 70`. */
	readonly id: string;
	/** As the user wrote it. */
	readonly text: string;
	/** A name of `figures`; with the prefix `previous.` for the window before. */
	readonly figure: string;
	/** The rule fails if the comparison is true: `hit_rate < 70` fails below 70, `drops 10` at a drop of 10 or more. */
	readonly operator: Operator;
	/**
	 * In the figure's unit: percentages 0–100, dollars, tokens, requests. For `drops` and `rises`: percentage points,
	 * or percent of the earlier value for figures that are no percentage.
	 */
	readonly limit: number;
	/**
	 * Part of the name of a mark. The time since the latest such mark is judged and compared with as long a time before
	 * it. Undefined: the window of the check.
	 */
	readonly since?: string;
};

/** The result of a rule in one window. */
export type Verdict = {
	/** The rule's id. */
	readonly rule: string;
	/** One sentence without its full stop: `Hit rate 61.2 % is below 70 % (by 8.8 points)`. */
	readonly text: string;
	/** `unknown`: too few requests to judge, or the figure is n/a. */
	readonly state: 'ok' | 'failed' | 'unknown';
	/**
	 * The value compared with the limit, in its unit: the figure or, for `drops` and `rises`, the size of the change.
	 * The latter is negative if the figure moved the other way, and infinite if it was 0 before. Undefined if n/a.
	 */
	readonly value: number | undefined;
	readonly limit: number;
	/** The likeliest cause of a failure, one sentence. */
	readonly cause: string | undefined;
};

/** True if a rule compares a figure with the window before instead of with a fixed value. */
export const isAgainstBefore = ({operator}: Pick<Rule, 'operator'>): boolean =>
	operator === 'drops' || operator === 'rises';

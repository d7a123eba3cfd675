import {distinctRules, parseRule} from '../../alerts/parse-rule.js';
import type {Operator, Rule} from '../../alerts/rule.js';
import {UsageError} from '../../errors.js';
import type {FlagValues} from '../../flags/flags.js';

/** The flags of `check`. */
export type CheckFlags = Pick<
	FlagValues,
	ThresholdFlag | 'failIf' | 'warnIf' | 'minRequests' | 'nagios' | 'json' | 'quiet' | 'notify' | 'test' | 'dryRun'
>;

/** Defaults from the config file. */
type CheckDefaults = {
	/** Rules such as `hit_rate < 70`; used if no flag has one. */
	readonly rules?: readonly string[] | undefined;
	readonly minRequests?: number | undefined;
};

/** The rules, and how the result is printed. */
export type CheckOptions = {
	readonly rules: readonly Rule[];
	/** Rules that only warn: exit code 1 with `nagios`, otherwise without effect on it. */
	readonly warnings: readonly Rule[];
	readonly minRequests: number;
	readonly nagios: boolean;
	/** True notifies the channels. */
	readonly notify: boolean;
	/** True sends the channels a test message, whatever the verdicts. */
	readonly test: boolean;
	/** True only reports what would be sent. */
	readonly dryRun: boolean;
};

const defaultMinRequests = 10;

type Threshold = {readonly flag: string; readonly figure: string; readonly operator: Operator};
type ThresholdFlag = 'minHitRate' | 'minTokenHitRate' | 'minNetSavings' | 'maxLostCost' | 'maxBreakRate';

const thresholds: Readonly<Record<ThresholdFlag, Threshold>> = {
	minHitRate: {flag: '--min-hit-rate', figure: 'hit_rate', operator: '<'},
	minTokenHitRate: {flag: '--min-token-hit-rate', figure: 'token_hit_rate', operator: '<'},
	minNetSavings: {flag: '--min-net-savings', figure: 'savings', operator: '<'},
	maxLostCost: {flag: '--max-lost-cost', figure: 'breaks.lost_cost', operator: '>'},
	maxBreakRate: {flag: '--max-break-rate', figure: 'break_rate', operator: '>'},
};

/**
 * Validates the flags of `check`.
 * @throws UsageError with one line that says what is wrong and what is allowed
 */
export const parseCheck = (flags: CheckFlags, defaults: CheckDefaults = {}): CheckOptions => {
	const rules = [
		...Object.entries(thresholds).flatMap(([name, threshold]) =>
			thresholdRule(flags[name as ThresholdFlag], threshold),
		),
		...(flags.failIf ?? []).map(text => parseRule(text, '--fail-if')),
	];
	const warnings = (flags.warnIf ?? []).map(text => parseRule(text, '--warn-if'));
	const isNamed = rules.length > 0 || warnings.length > 0;
	const found = isNamed
		? rules
		: (defaults.rules ?? []).map((text, index) => parseRule(text, `alerts.rules[${index}]`));
	if (found.length === 0 && warnings.length === 0 && !flags.test) {
		throw new UsageError(
			"check: say what must hold, as in --min-hit-rate 70, --fail-if 'token_hit_rate < 60' or --fail-if 'hit_rate drops 10'.",
		);
	}
	const [other] = Object.entries({'--json': flags.json, '--quiet': flags.quiet}).find(([, isOn]) => isOn) ?? [];
	if (flags.nagios && other !== undefined) {
		throw new UsageError(`--nagios and ${other} contradict each other: a plugin prints one line of its own.`);
	}
	for (const [flag, isOn] of Object.entries({'--dry-run': flags.dryRun, '--test': flags.test})) {
		if (isOn && !flags.notify) {
			throw new UsageError(`${flag} goes with --notify.`);
		}
	}
	return {
		rules: distinctRules(found),
		warnings: distinctRules(warnings),
		minRequests:
			flags.minRequests === undefined ? (defaults.minRequests ?? defaultMinRequests) : parseCount(flags.minRequests),
		nagios: flags.nagios ?? false,
		notify: flags.notify ?? false,
		test: flags.test ?? false,
		dryRun: flags.dryRun ?? false,
	};
};

const thresholdRule = (given: string | undefined, {flag, figure, operator}: Threshold): readonly Rule[] => {
	if (given === undefined) {
		return [];
	}
	if (!/^\s*-?\$?(?:\d+(?:\.\d+)?|\.\d+)\s*%?\s*$/.test(given)) {
		throw new UsageError(`${flag}: "${given}" is not a valid number.`);
	}
	const {text, ...rule} = parseRule(`${figure} ${operator} ${given}`, flag);
	return [{...rule, text: `${flag} ${given.trim()}`}];
};

const parseCount = (text: string): number => {
	if (!/^\d{1,9}$/.test(text.trim())) {
		throw new UsageError(`--min-requests: "${text}" is not a valid number of requests. Use a whole number, like 10.`);
	}
	return Number(text);
};

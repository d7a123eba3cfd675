import type {OpenOutcome} from './conversations/conversation.js';
import type {Outcome} from './outcome.js';
import type {UsageNumbers} from './usage-text.js';

/** What an outcome line may tell. */
export const numberKeys = ['prompt', 'completion', 'total', 'read', 'write', 'writeOneHour'] as const;

/** Whether any of its numbers is above zero. */
export const tellsAnything = (outcome: Outcome): boolean => {
	for (const key of numberKeys) {
		if ((outcome[key] ?? 0) > 0) {
			return true;
		}
	}
	return false;
};

/** What two lines of one usage both tell, if they tell it. */
const comparedKeys = ['prompt', 'read', 'write', 'completion'] as const;

/** Whether none of these numbers is another in the second line, as far as both tell them. */
const isAlike = (keys: readonly (keyof UsageNumbers)[], one: UsageNumbers, other: UsageNumbers): boolean => {
	for (const key of keys) {
		if (one[key] !== undefined && other[key] !== undefined && one[key] !== other[key]) {
			return false;
		}
	}
	return true;
};

/** Whether two lines can speak of the same usage: what both tell is equal. */
export const agree = (one: Outcome, other: Outcome): boolean => isAlike(comparedKeys, one, other);

/** The first line's numbers, with its gaps filled from the second. */
export const fill = (one: Outcome, other: Outcome): Outcome => ({
	wording: one.wording,
	prompt: one.prompt ?? other.prompt,
	completion: one.completion ?? other.completion,
	total: one.total ?? other.total,
	read: one.read ?? other.read,
	write: one.write ?? other.write,
	writeOneHour: one.writeOneHour ?? other.writeOneHour,
	model: one.model ?? other.model,
	accuracy: one.accuracy ?? other.accuracy,
});

/** Whether a line can tell the usage of a request that another line told before. */
export const canComplete = (current: OpenOutcome, outcome: Outcome, responseId: string | undefined): boolean => {
	if (responseId !== undefined && current.responseId !== undefined) {
		return responseId === current.responseId;
	}
	return !current.wordings.includes(outcome.wording) && agree(current.numbers, outcome);
};

/**
 * Takes over what another line of the same request adds.
 * @returns true if it adds anything
 */
export const complete = (current: OpenOutcome, outcome: Outcome): boolean => {
	current.wordings = [...current.wordings, outcome.wording];
	if (!fillsGap(current.numbers, outcome)) {
		return false;
	}
	current.numbers = fill(current.numbers, outcome);
	current.model ??= current.numbers.model;
	return true;
};

const filledKeys = [...numberKeys, 'model', 'accuracy'] as const;

/** Whether the second line tells anything that the first one does not. */
const fillsGap = (one: Outcome, other: Outcome): boolean => {
	for (const key of filledKeys) {
		if (one[key] === undefined && other[key] !== undefined) {
			return true;
		}
	}
	return false;
};

/** Whether a line repeats the usage of a request: none of its numbers is another. */
export const repeats = ({numbers}: OpenOutcome, outcome: Outcome): boolean => isAlike(numberKeys, numbers, outcome);

import type {OpenOutcome} from './conversation.js';
import type {Outcome} from './outcome.js';

/** What an outcome line may tell. */
export const numberKeys = ['prompt', 'completion', 'total', 'read', 'write', 'writeOneHour'] as const;

/** Whether two lines can speak of the same usage: what both tell is equal. */
export const agree = (one: Outcome, other: Outcome): boolean =>
	(['prompt', 'read', 'write', 'completion'] as const).every(
		key => one[key] === undefined || other[key] === undefined || one[key] === other[key],
	);

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
	return !current.wordings.has(outcome.wording) && agree(current.numbers, outcome);
};

/**
 * Takes over what another line of the same request adds.
 * @returns true if it adds anything
 */
export const complete = (current: OpenOutcome, outcome: Outcome): boolean => {
	current.wordings.add(outcome.wording);
	const numbers = fill(current.numbers, outcome);
	const adds = (Object.keys(numbers) as (keyof Outcome)[]).some(key => numbers[key] !== current.numbers[key]);
	current.numbers = numbers;
	if (adds) {
		current.model ??= numbers.model;
	}
	return adds;
};

/** Whether a line repeats the usage of a request: none of its numbers is another. */
export const repeats = ({numbers}: OpenOutcome, outcome: Outcome): boolean =>
	numberKeys.every(key => numbers[key] === undefined || outcome[key] === undefined || numbers[key] === outcome[key]);

import type {OpenOutcome} from './conversations/conversation.js';
import type {Outcome} from './outcome.js';

/** The numbers that an outcome line may have. */
export const numberKeys = ['prompt', 'completion', 'total', 'read', 'write', 'writeOneHour'] as const;

/** True if any of its numbers is above zero. */
export const tellsAnything = ({
	prompt = 0,
	completion = 0,
	total = 0,
	read = 0,
	write = 0,
	writeOneHour = 0,
}: Outcome) => prompt > 0 || completion > 0 || total > 0 || read > 0 || write > 0 || writeOneHour > 0;

/** True if both lines have a number, and they differ. */
const differ = (one: number | undefined, other: number | undefined): boolean =>
	one !== undefined && other !== undefined && one !== other;

/** True if two lines may be about the same usage: the numbers that both have are equal. */
export const agree = (one: Outcome, other: Outcome): boolean =>
	!(
		differ(one.prompt, other.prompt) ||
		differ(one.read, other.read) ||
		differ(one.write, other.write) ||
		differ(one.completion, other.completion)
	);

/** The first line's numbers, with gaps filled from the second. */
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

/** True if a line can be about the usage of an earlier request. */
export const canComplete = (current: OpenOutcome, outcome: Outcome, responseId: string | undefined): boolean => {
	if (responseId !== undefined && current.responseId !== undefined) {
		return responseId === current.responseId;
	}
	return !current.wordings.includes(outcome.wording) && agree(current.numbers, outcome);
};

/**
 * Adds what another line of the same request reports.
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

const isGap = (one: unknown, other: unknown): boolean => one === undefined && other !== undefined;

/** True if the second line has a number that the first lacks. */
const fillsGap = (one: Outcome, other: Outcome): boolean =>
	isGap(one.prompt, other.prompt) ||
	isGap(one.completion, other.completion) ||
	isGap(one.total, other.total) ||
	isGap(one.read, other.read) ||
	isGap(one.write, other.write) ||
	isGap(one.writeOneHour, other.writeOneHour) ||
	isGap(one.model, other.model) ||
	isGap(one.accuracy, other.accuracy);

/** True if a line repeats the usage of a request: none of its numbers differs. */
export const repeats = ({numbers}: OpenOutcome, outcome: Outcome): boolean =>
	agree(numbers, outcome) &&
	!differ(numbers.total, outcome.total) &&
	!differ(numbers.writeOneHour, outcome.writeOneHour);

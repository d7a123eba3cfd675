import type {OpenOutcome} from './conversations/conversation.js';
import type {Outcome} from './outcome.js';

/** What an outcome line may tell. */
export const numberKeys = ['prompt', 'completion', 'total', 'read', 'write', 'writeOneHour'] as const;

/** Whether any of its numbers is above zero. */
export const tellsAnything = ({
	prompt = 0,
	completion = 0,
	total = 0,
	read = 0,
	write = 0,
	writeOneHour = 0,
}: Outcome) => prompt > 0 || completion > 0 || total > 0 || read > 0 || write > 0 || writeOneHour > 0;

/** Whether both lines tell a number, and not the same. */
const differ = (one: number | undefined, other: number | undefined): boolean =>
	one !== undefined && other !== undefined && one !== other;

/** Whether two lines can speak of the same usage: what both tell is equal. */
export const agree = (one: Outcome, other: Outcome): boolean =>
	!(
		differ(one.prompt, other.prompt) ||
		differ(one.read, other.read) ||
		differ(one.write, other.write) ||
		differ(one.completion, other.completion)
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

const isGap = (one: unknown, other: unknown): boolean => one === undefined && other !== undefined;

/** Whether the second line tells anything that the first one does not. */
const fillsGap = (one: Outcome, other: Outcome): boolean =>
	isGap(one.prompt, other.prompt) ||
	isGap(one.completion, other.completion) ||
	isGap(one.total, other.total) ||
	isGap(one.read, other.read) ||
	isGap(one.write, other.write) ||
	isGap(one.writeOneHour, other.writeOneHour) ||
	isGap(one.model, other.model) ||
	isGap(one.accuracy, other.accuracy);

/** Whether a line repeats the usage of a request: none of its numbers is another. */
export const repeats = ({numbers}: OpenOutcome, outcome: Outcome): boolean =>
	agree(numbers, outcome) &&
	!differ(numbers.total, outcome.total) &&
	!differ(numbers.writeOneHour, outcome.writeOneHour);

/** Prompt tokens by how they were paid for: written for an hour, written for five minutes, or plain input. */
export type PaidTokens = {readonly oneHour: number; readonly fiveMinutes: number; readonly input: number};

/** No tokens of any kind. */
export const noTokens: PaidTokens = {oneHour: 0, fiveMinutes: 0, input: 0};

/** The total number of tokens. */
export const sumOfPaid = ({oneHour, fiveMinutes, input}: PaidTokens): number => oneHour + fiveMinutes + input;

/** The sum by kind. */
export const addPaid = (one: PaidTokens, other: PaidTokens): PaidTokens => ({
	oneHour: one.oneHour + other.oneHour,
	fiveMinutes: one.fiveMinutes + other.fiveMinutes,
	input: one.input + other.input,
});

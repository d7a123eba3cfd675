/** Compares two texts by their code units, which is the same on every machine and in every language. */
export const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

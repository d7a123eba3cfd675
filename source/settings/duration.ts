const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** Describes the form that `parseDuration` accepts, for error messages. */
export const durationForm = 'a time like 90s, 30m, 6h or 2d';

/** Parses a duration. @returns milliseconds; undefined if the text is not a duration */
export const parseDuration = (text: string): number | undefined => {
	const [, number, unit] = /^(\d{1,9}(?:\.\d{1,9})?)\s*([smhd])$/.exec(text.trim()) ?? [];
	if (number === undefined) {
		return text.trim() === '0' ? 0 : undefined;
	}
	return Number(number) * (units[unit ?? ''] ?? 0);
};

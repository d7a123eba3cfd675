const units: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};

/** What `parseDuration` takes, for messages. */
export const durationForm = 'a time like 90s, 30m, 6h or 2d';

/** @returns milliseconds; undefined for what is no duration */
export const parseDuration = (text: string): number | undefined => {
	const [, number, unit] = /^(\d{1,9}(?:\.\d{1,9})?)\s*([smhd])$/.exec(text.trim()) ?? [];
	if (number === undefined) {
		return text.trim() === '0' ? 0 : undefined;
	}
	return Number(number) * (units[unit ?? ''] ?? 0);
};

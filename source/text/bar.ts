type BarOptions = {
	/** False draws with 7-bit characters only. */
	readonly unicode: boolean;
	/** Pads with spaces to exactly `columns`. */
	readonly pad?: boolean;
};

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A horizontal bar of at most `columns`. `fraction` is clamped to 0…1; anything above 0 shows at least the smallest
 * mark; undefined and NaN draw nothing.
 */
export const bar = (fraction: number | undefined, columns: number, {unicode, pad = false}: BarOptions): string => {
	const width = Math.max(0, Math.floor(columns));
	const clamped = fraction === undefined || Number.isNaN(fraction) ? 0 : Math.min(1, Math.max(0, fraction));
	const steps = unicode ? eighths.length : 1;
	const length = clamped === 0 || width === 0 ? 0 : Math.max(1, Math.round(clamped * width * steps));
	const drawn = (unicode ? '█' : '#').repeat(Math.floor(length / steps)) + (eighths[length % steps] ?? '');
	return pad ? drawn.padEnd(width) : drawn;
};

/** Red, green and blue, 0–255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What WCAG 2.2 (1.4.3, level AA) asks of text of usual size. */
export const leastContrast = 4.5;

const luminance = (colour: Colour): number => {
	const [red = 0, green = 0, blue = 0] = colour.map(part => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The contrast ratio of two colours as WCAG 2.2 defines it, 1–21. */
export const contrast = (one: Colour, other: Colour): number => {
	const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (lighter + 0.05) / (darker + 0.05);
};

/** @param text `#1a1d24` or `#fff` */
export const colourOf = (text: string): Colour => {
	const digits = text.slice(1);
	const [red = 0, green = 0, blue = 0] = (
		digits.length === 3 ? [...digits].map(digit => digit + digit) : (digits.match(/../g) ?? [])
	).map(part => Number.parseInt(part, 16));
	return [red, green, blue];
};

/** What is seen of ink that lets its ground through. @param opacity 0–1 */
export const blended = (ink: Colour, ground: Colour, opacity: number): Colour => {
	const mixed = (place: 0 | 1 | 2) => opacity * ink[place] + (1 - opacity) * ground[place];
	return [mixed(0), mixed(1), mixed(2)];
};

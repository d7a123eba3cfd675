/**
 * Styles of cells as canonical SGR parameters, so that equal styles are equal strings. Codes: ECMA-48 8.3.117 (SGR) and
 * xterm's 256- and 24-bit colours (ITU T.416).
 */

/** SGR parameters in canonical order, such as `1;31`; the empty string is the default style. */
export type Style = string;

type Look = {
	/** Codes of the active attributes, in the order of activation. */
	readonly attributes: ReadonlySet<number>;
	/** SGR parameters of the colour; empty for the default. */
	readonly foreground: string;
	readonly background: string;
};

const bold = 1;
const dim = 2;
const inverse = 7;
/** Attributes that are visible on a space: underline, strike-through, overline. */
const lines = [4, 9, 53];

/** Bold, dim, italic, underline, blink, inverse, hidden, strike-through and overline, with the code that ends each. */
const attributeEnds = new Map([
	[bold, 22],
	[dim, 22],
	[3, 23],
	[4, 24],
	[5, 25],
	[inverse, 27],
	[8, 28],
	[9, 29],
	[53, 55],
]);
const endCodes = new Set(attributeEnds.values());
/** Double underline and fast blink are treated as the plain ones, which every terminal supports. */
const synonyms = new Map([
	[21, 4],
	[6, 5],
]);

const plain: Look = {attributes: new Set(), foreground: '', background: ''};

const isForeground = (code: number) => (code >= 30 && code <= 37) || (code >= 90 && code <= 97);
const isBackground = (code: number) => (code >= 40 && code <= 47) || (code >= 100 && code <= 107);

const withoutAttributesEndedBy = (attributes: ReadonlySet<number>, end: number) =>
	new Set([...attributes].filter(code => attributeEnds.get(code) !== end));

const applyCode = (look: Look, code: number): Look => {
	const attribute = synonyms.get(code) ?? code;
	if (code === 0) {
		return plain;
	}
	if (attributeEnds.has(attribute)) {
		return {...look, attributes: new Set([...look.attributes, attribute])};
	}
	if (endCodes.has(code)) {
		return {
			...look,
			attributes: withoutAttributesEndedBy(look.attributes, code),
		};
	}
	if (code === 39 || isForeground(code)) {
		return {...look, foreground: code === 39 ? '' : String(code)};
	}
	if (code === 49 || isBackground(code)) {
		return {...look, background: code === 49 ? '' : String(code)};
	}
	return look;
};

const applyExtendedColour = (look: Look, target: number, colour: readonly string[]): Look => {
	const parameters = [target, ...colour.map(part => Number(part))].join(';');
	if (target === 38) {
		return {...look, foreground: parameters};
	}
	// 58 is the colour of the underline, which few terminals support: ignored.
	return target === 48 ? {...look, background: parameters} : look;
};

const applyParameters = (start: Look, parameters: string): Look => {
	let look = start;
	const items = parameters.split(';');
	for (let index = 0; index < items.length; index++) {
		const [first = '', ...sub] = (items[index] ?? '').split(':');
		const code = Number(first);
		if (code === 38 || code === 48 || code === 58) {
			const rest = sub.length > 0 ? sub : items.slice(index + 1);
			const count = rest[0] === '2' ? 3 : 1;
			// With colons, an often empty colour space may precede red, green and blue.
			const values = sub.length > 0 ? sub.slice(1).slice(-count) : rest.slice(1, 1 + count);
			if ((rest[0] === '2' || rest[0] === '5') && values.length === count) {
				look = applyExtendedColour(look, code, [rest[0], ...values]);
			}
			index += sub.length > 0 ? 0 : 1 + count;
		} else {
			// `4:3` is a curly underline, `4:0` none.
			look = applyCode(look, code === 4 && sub[0] === '0' ? 24 : code);
		}
	}
	return look;
};

const encode = ({attributes, foreground, background}: Look): Style =>
	[...[...attributes].sort((a, b) => a - b), foreground, background].filter(part => part !== '').join(';');

/** Maximum cache entries: screens use a few dozen styles, but a colourful log must not fill the memory. */
const cacheSize = 4096;
const cached = (compute: (first: string, second: string) => string) => {
	const results = new Map<string, string>();
	return (first: string, second: string): string => {
		const key = `${first}|${second}`;
		let result = results.get(key);
		if (result === undefined) {
			result = compute(first, second);
			if (results.size >= cacheSize) {
				results.clear();
			}
			results.set(key, result);
		}
		return result;
	};
};

/** The style after `ESC [ parameters m` in the given style. Unknown codes have no effect. */
export const applySgr: (style: Style, parameters: string) => Style = cached((style, parameters) =>
	encode(applyParameters(applyParameters(plain, style), parameters)),
);

const visibleOnBlank = cached(style => {
	const look = applyParameters(plain, style);
	if (look.attributes.has(inverse)) {
		return style;
	}
	const drawn = lines.filter(code => look.attributes.has(code));
	return encode({
		attributes: new Set(drawn),
		foreground: drawn.length > 0 ? look.foreground : '',
		background: look.background,
	});
});

/** The part of a style that is visible on a space, where a red or bold space looks like any other. */
export const blankStyle = (style: Style): Style => (style === '' ? '' : visibleOnBlank(style, ''));

const stepwise = (from: Look, to: Look): string => {
	const ends = new Set<number>();
	for (const code of from.attributes) {
		const end = attributeEnds.get(code);
		if (!to.attributes.has(code) && end !== undefined) {
			ends.add(end);
		}
	}
	const starts = [...to.attributes].filter(
		code => !from.attributes.has(code) || ends.has(attributeEnds.get(code) ?? 0),
	);
	return [
		...ends,
		...starts,
		...(from.foreground === to.foreground ? [] : [to.foreground || 39]),
		...(from.background === to.background ? [] : [to.background || 49]),
	].join(';');
};

/** The shortest sequence that changes one style to another; empty if they are equal. */
export const styleChange: (from: Style, to: Style) => string = cached((from, to) => {
	if (from === to) {
		return '';
	}
	// An empty parameter is 0, the reset.
	const afresh = from === '' || to === '' ? to : `;${to}`;
	const steps = stepwise(applyParameters(plain, from), applyParameters(plain, to));
	return `\u001B[${steps.length < afresh.length ? steps : afresh}m`;
});

/**
 * A strict reader of XML 1.0 without DTDs, for what hitrate writes itself: elements, attributes, text, the five
 * entities and character references. Everything else is an error.
 */

export type Element = {
	readonly name: string;
	readonly attributes: ReadonlyMap<string, string>;
	readonly children: readonly (Element | string)[];
};

type Open = {name: string; attributes: Map<string, string>; children: (Element | string)[]};

const name = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const startTag = new RegExp(`<(${name})((?:\\s+${name}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const endTag = new RegExp(`</(${name})\\s*>`, 'y');
const attribute = new RegExp(`(${name})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const reference = /&(?:(lt|gt|amp|quot|apos)|#(\d+)|#x([\da-fA-F]+));/y;
const entities: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', apos: "'"};
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Character data with its references resolved. */
const resolve = (raw: string): string => {
	let text = '';
	for (let at = 0; at < raw.length; ) {
		const next = raw.indexOf('&', at);
		if (next < 0) {
			return text + raw.slice(at);
		}
		reference.lastIndex = next;
		const found = reference.exec(raw);
		if (!found) {
			throw new Error(`A bare & at ${JSON.stringify(raw.slice(next, next + 20))}`);
		}
		const [whole, entity, decimal, hexadecimal] = found;
		const resolved = entity
			? (entities[entity] ?? '')
			: String.fromCodePoint(Number.parseInt(decimal ?? hexadecimal ?? '', decimal ? 10 : 16));
		if (forbidden.test(resolved)) {
			throw new Error(`A reference to a character that XML does not have: ${whole}`);
		}
		text += raw.slice(at, next) + resolved;
		at = next + whole.length;
	}
	return text;
};

const attributesOf = (source: string): Map<string, string> => {
	const attributes = new Map<string, string>();
	for (const [, key = '', double, single] of source.matchAll(attribute)) {
		if (attributes.has(key)) {
			throw new Error(`The attribute ${key} twice`);
		}
		attributes.set(key, resolve(double ?? single ?? ''));
	}
	return attributes;
};

/** The root element of a document. Throws where it is not well-formed. */
export const parseXml = (source: string): Element => {
	const bad = forbidden.exec(source);
	if (bad) {
		throw new Error(`U+${bad[0].codePointAt(0)?.toString(16)} at ${bad.index}`);
	}
	const document: Open = {name: '', attributes: new Map(), children: []};
	const open: Open[] = [document];
	for (let at = 0; at < source.length; ) {
		const inside = open[open.length - 1] as Open;
		if (source[at] !== '<') {
			const next = source.indexOf('<', at);
			const raw = source.slice(at, next < 0 ? undefined : next);
			if (raw.includes(']]>') || (inside === document && raw.trim() !== '')) {
				throw new Error(`Text where none may be: ${JSON.stringify(raw.slice(0, 40))}`);
			}
			inside.children.push(resolve(raw));
			at += raw.length;
			continue;
		}
		startTag.lastIndex = at;
		endTag.lastIndex = at;
		const start = startTag.exec(source);
		const end = start ? undefined : endTag.exec(source);
		if (start) {
			const element: Open = {name: start[1] ?? '', attributes: attributesOf(start[2] ?? ''), children: []};
			if (inside === document && document.children.some(child => typeof child !== 'string')) {
				throw new Error('A second root element');
			}
			inside.children.push(element);
			if (start[3] === '') {
				open.push(element);
			}
			at = startTag.lastIndex;
		} else if (end && end[1] === inside.name) {
			open.pop();
			at = endTag.lastIndex;
		} else {
			throw new Error(`No tag: ${JSON.stringify(source.slice(at, at + 60))} inside of <${inside.name}>`);
		}
	}
	const root = document.children.find(child => typeof child !== 'string');
	if (open.length !== 1 || !root || typeof root === 'string') {
		throw new Error(open.length === 1 ? 'No element' : `<${open[open.length - 1]?.name}> is not closed`);
	}
	return root;
};

/** An element and all inside of it. */
export const elementsOf = (root: Element): readonly Element[] => [
	root,
	...root.children.flatMap(child => (typeof child === 'string' ? [] : elementsOf(child))),
];

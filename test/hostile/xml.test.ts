import {expect, test} from 'vitest';
import {elementsOf, parseXml} from './xml.js';

test('elements, attributes, text and references are read', () => {
	const root = parseXml('<svg a="1 &lt; 2" b=\'"\'>\n<g><text x="1">a &amp; &#98;&#x63;</text></g><rect/></svg>\n');
	expect(elementsOf(root).map(({name}) => name)).toEqual(['svg', 'g', 'text', 'rect']);
	expect([...root.attributes]).toEqual([
		['a', '1 < 2'],
		['b', '"'],
	]);
	expect(elementsOf(root)[2]?.children).toEqual(['a & bc']);
});

test.each([
	['a bare ampersand', '<a>x & y</a>'],
	['an unknown entity', '<a>&nbsp;</a>'],
	['a bare less-than', '<a>1 < 2</a>'],
	['an unclosed element', '<a><b></a>'],
	['an element closed twice', '<a></a></a>'],
	['crossed elements', '<a><b></a></b>'],
	['an attribute twice', '<a x="1" x="2"/>'],
	['an attribute without quotes', '<a x=1/>'],
	['an attribute with markup', '<a x="<b>"/>'],
	['two roots', '<a/><b/>'],
	['text behind the root', '<a/>x'],
	['a control character', '<a>\u001B</a>'],
	['a reference to one', '<a>&#27;</a>'],
	['half of a surrogate pair', '<a>\uD800</a>'],
	['a comment', '<a><!-- x --></a>'],
	['an instruction', '<?xml version="1.0"?><a/>'],
	['the end of a CDATA section', '<a>]]></a>'],
	['nothing', ''],
])('%s is an error', (_, source) => {
	expect(() => parseXml(source)).toThrow();
});

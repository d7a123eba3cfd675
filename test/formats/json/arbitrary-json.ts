import fc from 'fast-check';

/** Names that the texts of JSON hold more often than others. */
export const names = ['type', 'message', 'id', 'usage', 'input_tokens'];

/** A line as transcripts hold them. */
export const line = '{"type":"assistant","message":{"id":"m9","usage":{"input_tokens":77}}}';
/** What may stand around values. */
export const space = fc.constantFrom('', '', '', ' ', '\t', '\r\n');
const escaped = (text: string) =>
	`"${[...text].map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"`;
const texts = fc.oneof(
	fc.constantFrom(
		'',
		'assistant',
		line,
		`\\"usage":${line}`,
		'"',
		'\\',
		'},"usage":{"input_tokens":5',
		'ä€😀',
		'\u0000\n',
	),
	fc.string({unit: 'binary', maxLength: 8}),
);
const stringToken = fc
	.tuple(texts, fc.boolean())
	.map(([text, isEscaped]) => (isEscaped ? escaped(text) : JSON.stringify(text)));
const keyToken = fc
	.tuple(
		fc.oneof({weight: 5, arbitrary: fc.constantFrom(...names, 'content')}, {weight: 1, arbitrary: texts}),
		fc.integer({min: 0, max: 19}),
	)
	.map(([name, dice]) => (dice === 0 ? escaped(name) : JSON.stringify(name)));
const numberToken = fc.oneof(
	fc.nat().map(String),
	fc.double({noNaN: true, noDefaultInfinity: true}).map(String),
	fc.constantFrom(
		'0',
		'-0',
		'1e9',
		'1.0',
		'2E+3',
		'1e999',
		'999999999',
		'1000000001',
		'1234567890123456789',
		'007',
		'+1',
		'.5',
		'1.',
		'-',
	),
);
/** JSON in all its spellings, with names twice, and at times with a number that is none. */
export const {value, object} = fc.letrec<{value: string; object: string; array: string}>(tie => ({
	value: fc.oneof(
		{maxDepth: 5},
		fc.constantFrom('null', 'true', 'false'),
		numberToken,
		stringToken,
		tie('array'),
		tie('object'),
		tie('object'),
	),
	array: fc
		.tuple(space, fc.array(tie('value'), {maxLength: 3}))
		.map(([gap, values]) => `[${gap}${values.join(`${gap},`)}${gap}]`),
	object: fc
		.tuple(space, fc.array(fc.tuple(keyToken, space, tie('value')), {maxLength: 6}))
		.map(
			([gap, entries]) =>
				`{${gap}${entries.map(([key, inner, part]) => `${key}${inner}:${inner}${part}`).join(`,${gap}`)}${gap}}`,
		),
}));

import {expect, test} from 'vitest';
import {parseLenient} from '../../../source/formats/renderings/lenient-value.js';
import {textMembers} from '../../../source/formats/renderings/text-members.js';

const usage = {input_tokens: 10, cache_read_input_tokens: 9000};

test.each([
	['a Python dict', "{'input_tokens': 10, 'cache_read_input_tokens': 9000}", usage],
	[
		'JSON with NaN',
		'{"input_tokens": 10, "cache_read_input_tokens": 9000, "latency": NaN}',
		{...usage, latency: Number.NaN},
	],
	['a pydantic model', 'Usage(input_tokens=10, cache_read_input_tokens=9000, tier=None)', {...usage, tier: null}],
	[
		'Node',
		"{\n  input_tokens: 10,\n  cache_read_input_tokens: 9000,\n  tier: 'standard'\n}",
		{...usage, tier: 'standard'},
	],
	['an instance in Node', 'Usage { input_tokens: 10, cache_read_input_tokens: 9000 }', usage],
	['a Ruby hash', '{:input_tokens=>10, "cache_read_input_tokens"=>9000, :tier=>nil}', {...usage, tier: null}],
	['a Ruby struct', '#<struct Usage input_tokens=10, cache_read_input_tokens=9000>', usage],
	['Rust', 'Usage { input_tokens: 10, cache_read_input_tokens: Some(9000), tier: None }', {...usage, tier: null}],
	['a record of .NET', 'Usage { input_tokens = 10, cache_read_input_tokens = 9000 }', usage],
	['a record of Java', 'Usage[input_tokens=10, cache_read_input_tokens=9000]', usage],
	['Go', '&{input_tokens:10 cache_read_input_tokens:9000}', usage],
	['an empty text of Go', '{Tier: InputTokens:10 Geo:us}', {Tier: null, InputTokens: 10, Geo: 'us'}],
	['a map of Go', 'map[cache_read_input_tokens:9000 input_tokens:10]', usage],
	[
		"PHP's var_dump",
		'object(A\\Usage)#12 (3) {\n  ["input_tokens"]=>\n  int(10)\n  ["cache_read_input_tokens"]=>\n  int(9000)\n  ["tier":protected]=>\n  string(8) "st(ndard"\n}',
		{...usage, tier: 'st(ndard'},
	],
	["Symfony's dump", 'array:2 [\n  "input_tokens" => 10\n  "cache_read_input_tokens" => 9000\n]', usage],
	[
		'an object of Symfony’s dump',
		'Acme\\Usage^ {#12 …2\n  +input_tokens: 10\n  -cache_read_input_tokens: 9000\n  #details: Acme\\Details {#13\n    +"tier": "a {"\n  }\n}',
		{...usage, details: {tier: 'a {'}},
	],
	['a class within another', 'A.Usage { input_tokens = 10, cache_read_input_tokens = 9000 }', usage],
	[
		'a time of Python',
		'Usage(at=datetime.datetime(2026, 11, 27, 10, 0, 5, 250000, tzinfo=datetime.timezone.utc))',
		{at: '2026-11-27T10:00:05.250000+00:00'},
	],
	[
		'a Ruby object around a hash',
		'#<Usage:0x1f {:input_tokens=>10, :cache_read_input_tokens=>9000}>',
		{Usage: '0x1f', 'object 0': usage},
	],
	['Haskell', 'Usage {input_tokens = 10, cache_read_input_tokens = Just 9000}', usage],
	['a map of Erlang', '{<<"input_tokens">> => 10,<<"cache_read_input_tokens">> => 9000}', usage],
	['Elixir', '%{input_tokens: 10, cache_read_input_tokens: 9000}', usage],
])('%s', (_, text, expected) => {
	expect(parseLenient(text, 0)).toEqual({value: expected, end: text.length});
});

test.each(['', '{', "{'a': ", 'Usage(a=1', '{a: 1]', `${'{'.repeat(100)}`, '{"a" "b'])('%j is no value', text => {
	expect(parseLenient(text, 0)).toBeUndefined();
});

test('a name of the prototype is no member', () => {
	expect(parseLenient('{__proto__: {x: 1}, a: 2}', 0)?.value).toEqual({a: 2});
	expect(textMembers('__proto__={x: 1} a=2')).toEqual({a: '2'});
});

test('the members of a text: pairs, and objects by their names', () => {
	expect(
		textMembers(
			'2026-11-27 10:00:00 [info     ] llm_call model=claude-sonnet-4-5 msg="a b" usage={\'input_tokens\': 10} took=1.2s',
		),
	).toEqual({model: 'claude-sonnet-4-5', msg: 'a b', usage: {input_tokens: 10}, took: '1.2s'});
	expect(textMembers('usage: Usage(input_tokens=10)')).toEqual({usage: {input_tokens: 10}});
	expect(textMembers('nothing of the kind: a sentence')).toBeUndefined();
});

test('commas that group digits are part of a bare value', () => {
	expect(textMembers('a=9,000 b=1,234,567, c=10,d=5,5')).toEqual({a: '9,000', b: '1,234,567', c: '10', d: '5'});
});

test('a struct of Go that its logger put into quotes', () => {
	expect(textMembers('msg="a {b" usage="{InputTokens:10 CacheReadInputTokens:9000}"')).toEqual({
		msg: 'a {b',
		usage: {InputTokens: 10, CacheReadInputTokens: 9000},
	});
});

test('a bare value ends before a bracket that closes what was opened before its name', () => {
	expect(textMembers('cache (read=9000 write=500) [input=7] call=f(x) at=http://h/a(b)')).toEqual({
		read: '9000',
		write: '500',
		input: '7',
		call: 'f(x)',
		at: 'http://h/a(b)',
	});
});

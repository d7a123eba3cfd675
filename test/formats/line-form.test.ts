import {expect, test} from 'vitest';
import {type LineForm, lineFormOf} from '../../source/formats/line-form.js';

const formOf = (...lines: readonly string[]): LineForm | undefined => lineFormOf(Buffer.from(lines.join('\n')));

test.each<readonly [string, LineForm | undefined, readonly string[]]>([
	['nothing', undefined, ['', '  ', '']],
	[
		'nginx',
		{kind: 'access'},
		['203.0.113.7 - - [29/Nov/2026:07:00:01 +0000] "GET /api/items HTTP/1.1" 200 512 "-" "curl/8.5"'],
	],
	['uvicorn', {kind: 'api'}, ['INFO:     1.2.3.4:51234 - "POST /api/threads HTTP/1.1" 200 OK']],
	[
		'syslog',
		{kind: 'syslog'},
		['Nov 29 07:00:01 web1 CRON[1234]: (root) CMD (true)', 'Nov  9 07:00:02 web1 kernel: up'],
	],
	['journalctl, short-iso', {kind: 'syslog'}, ['2026-11-29T07:00:01+0000 web1 sshd[12]: Accepted publickey']],
	[
		'structlog',
		{kind: 'backend'},
		[
			'2026-11-29T07:00:01.125318Z [info     ] Starting filename=a.py',
			'{"event": "x", "level": "info", "func_name": "f"}',
		],
	],
	['the errors of nginx', {kind: 'text'}, ['2026/11/29 07:00:01 [error] 7#7: *1 open() failed']],
	[
		'JSON objects',
		{kind: 'json', names: ['time', 'msg', 'level']},
		['{"time": 1, "level": "info", "msg": "a"}', '{"time": 2, "msg": "b"}', 'a traceback'],
	],
	['one JSON object over several lines', {kind: 'document'}, ['{', '  "a": [', '    1', '  ]', '}']],
	['a page', {kind: 'markup'}, ['<!DOCTYPE html>', '<html>']],
	[
		'logfmt',
		{kind: 'pairs', names: ['time', 'level', 'msg']},
		['time=2026-11-29T07:00:01Z level=info msg=ok', 'time=2026-11-29T07:00:02Z level=info msg=ok'],
	],
	[
		'a table',
		{kind: 'table', names: ['when', 'in_tok', 'out_tok']},
		['when,in_tok,out_tok', '2026-11-29T07:00:01Z,900,5'],
	],
	['a table with semicolons', {kind: 'table', names: ['when', 'in tok', 'out']}, ['when;in tok;out', '1;2;3']],
	['a heading alone', {kind: 'table', names: ['when', 'in_tok', 'out_tok']}, ['when,in_tok,out_tok']],
	['a sentence', {kind: 'text'}, ['Hello, my friend, how are you']],
	['a list of sentences', {kind: 'text'}, ['well, well, well', 'no cells here']],
	['words', {kind: 'text'}, ['one', 'two', 'a=b']],
])('%s', (_, expected, lines) => {
	expect(formOf(...lines)).toEqual(expected);
	expect(formOf(...lines.map(line => `${line}\r`))).toEqual(expected);
});

test('names are few and short, and long or hostile lines take no time', () => {
	const many = Object.fromEntries(Array.from({length: 50}, (_, index) => [`name-${index}-${'x'.repeat(100)}`, 1]));
	const form = formOf(JSON.stringify(many));
	expect(form).toMatchObject({kind: 'json', names: expect.arrayContaining([expect.stringMatching(/^name-0-x{33}$/)])});
	expect(form && 'names' in form && form.names).toHaveLength(8);
	expect(formOf(`{"message": "${'x'.repeat(20_000)}"}`)).toEqual({kind: 'json', names: []});
	for (const line of ['"GET '.repeat(13_000), '['.repeat(65_000), 'a='.repeat(32_000), '1 - "'.repeat(13_000)]) {
		expect(formOf(line)?.kind).toMatch(/text|document|pairs/);
	}
});

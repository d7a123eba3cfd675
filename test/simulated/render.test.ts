import {expect, test} from 'vitest';
import type {LogEvent} from '../../source/demo/writing/log-record.js';
import {timestamp} from '../../source/demo/writing/render-console.js';
import {type KeyOrder, keyOrder, renderEvent, renderRecords} from './render.js';

// The expected lines were written by structlog 25.4.
const time = Date.UTC(2025, 9, 20, 8, 17, 23, 100);

const model: LogEvent = {
	time,
	microseconds: 572,
	level: 'info',
	event: '🔍 STORED MODEL: gpt-5-mini',
	callSite: {filename: 'response_processor.py', functionName: 'process_streaming_response', line: 341},
	context: {
		thread_id: '986f3042-6aed-488b-afe2-05d475b728bf',
		request_id: 'dd8e5608-7301-4544-bc7b-c0fc64e24875',
		agent_run_id: '797a05ab-41a2-44e9-9848-5df7d3a1c30b',
	},
};

const message: LogEvent = {
	time: Date.UTC(2025, 9, 20, 8, 33, 51, 543),
	microseconds: 878,
	level: 'info',
	event: 'User message: please explain "🎯 CACHE HIT: 1/2 tokens (50.0%)" in my log',
	callSite: {filename: 'gen.py', functionName: 'noise', line: 287},
	context: {
		client_ip: '172.18.0.1',
		method: 'GET',
		path: '/api/agent-runs/status',
		query_params: 'token=abc=1&x=y z',
		request_id: '213bca7f-d644-4e2f-8dec-6823fb5c9d56',
	},
	extras: {user_text: 'a=b \'c\' "d" 🔥 Block 1'},
};

const failure: LogEvent = {
	...model,
	level: 'error',
	event: 'Error handling billing: no row',
	exception: {
		type: 'ValueError',
		message: 'no row\nsecond line: 🔥 Block 1',
		frames: [{path: '/app/run.py', line: 83, functionName: 'emit', source: 'raise error', locals: {e: "'🔥'"}}],
	},
};

const order: KeyOrder = {
	callSite: ['lineno', 'filename', 'func_name'],
	timestampFirst: false,
	context: ['thread_id', 'request_id', 'agent_run_id'],
};

test('plain: the event is padded to 30 code points, keys are sorted', () => {
	expect(renderEvent(model, 'plain')).toBe(
		'2025-10-20T08:17:23.100572Z [info     ] 🔍 STORED MODEL: gpt-5-mini     agent_run_id=797a05ab-41a2-44e9-9848-5df7d3a1c30b filename=response_processor.py func_name=process_streaming_response lineno=341 request_id=dd8e5608-7301-4544-bc7b-c0fc64e24875 thread_id=986f3042-6aed-488b-afe2-05d475b728bf',
	);
});

test('plain: values with spaces, quotes or equals signs as Python prints them', () => {
	expect(renderEvent(message, 'plain')).toBe(
		"2025-10-20T08:33:51.543878Z [info     ] User message: please explain \"🎯 CACHE HIT: 1/2 tokens (50.0%)\" in my log client_ip=172.18.0.1 filename=gen.py func_name=noise lineno=287 method=GET path=/api/agent-runs/status query_params='token=abc=1&x=y z' request_id=213bca7f-d644-4e2f-8dec-6823fb5c9d56 user_text='a=b \\'c\\' \"d\" 🔥 Block 1'",
	);
});

test('colour: codes around every part, the level in its colour', () => {
	const warning: LogEvent = {...model, level: 'warning', context: {thread_id: null}};
	expect(renderEvent(warning, 'colour')).toBe(
		'\u001b[2m2025-10-20T08:17:23.100572Z\u001b[0m [\u001b[33m\u001b[1mwarning  \u001b[0m] \u001b[1m🔍 STORED MODEL: gpt-5-mini    \u001b[0m \u001b[36mfilename\u001b[0m=\u001b[35mresponse_processor.py\u001b[0m \u001b[36mfunc_name\u001b[0m=\u001b[35mprocess_streaming_response\u001b[0m \u001b[36mlineno\u001b[0m=\u001b[35m341\u001b[0m \u001b[36mthread_id\u001b[0m=\u001b[35mNone\u001b[0m',
	);
});

test('json: ASCII only, the event as it is, extras before it', () => {
	expect(renderEvent(model, 'json', {keyOrder: order})).toBe(
		'{"event": "\\ud83d\\udd0d STORED MODEL: gpt-5-mini", "level": "info", "lineno": 341, "filename": "response_processor.py", "func_name": "process_streaming_response", "timestamp": "2025-10-20T08:17:23.100572Z", "thread_id": "986f3042-6aed-488b-afe2-05d475b728bf", "request_id": "dd8e5608-7301-4544-bc7b-c0fc64e24875", "agent_run_id": "797a05ab-41a2-44e9-9848-5df7d3a1c30b"}',
	);
	expect(renderEvent(message, 'json', {keyOrder: order})).toMatch(
		/^\{"user_text": "a=b 'c' \\"d\\" \\ud83d\\udd25 Block 1", "event": "User message/,
	);
	expect(renderEvent({...model, context: {thread_id: null}}, 'json')).toContain('"thread_id": null}');
});

test('json: each process has its own key order and the same content', () => {
	const lines = [1, 2, 3, 4, 5, 6].map(seed => renderEvent(message, 'json', {keyOrder: keyOrder(seed)}) ?? '');
	expect(new Set(lines).size).toBeGreaterThan(3);
	for (const line of lines) {
		expect(JSON.parse(line)).toEqual(JSON.parse(lines[0] ?? ''));
	}
});

test('the fraction is absent on the full second', () => {
	expect(timestamp(Date.UTC(2025, 9, 20, 8, 15, 30), 0)).toBe('2025-10-20T08:15:30Z');
	expect(timestamp(Date.UTC(2025, 9, 20, 8, 15, 30), 7)).toBe('2025-10-20T08:15:30.000007Z');
});

test('an exception, by the configuration of the logger', () => {
	expect(renderEvent(failure, 'plain', {exceptions: 'dicts'})).toBeUndefined();
	expect(renderEvent(failure, 'plain', {exceptions: 'console-traceback'})).toMatch(
		/b728bf\nTraceback \(most recent call last\):\n {2}File "\/app\/run.py", line 83, in emit\n {4}raise error\nValueError: no row\nsecond line: 🔥 Block 1$/,
	);
	const dicts = JSON.parse(renderEvent(failure, 'json', {exceptions: 'dicts'}) ?? '');
	expect(dicts.exception[0]).toMatchObject({exc_type: 'ValueError', frames: [{lineno: 83, locals: {e: "'🔥'"}}]});
	const flag = JSON.parse(renderEvent(failure, 'json', {exceptions: 'json-flag'}) ?? '');
	expect(flag).toMatchObject({exc_info: true, event: 'Error handling billing: no row'});
	expect(flag).not.toHaveProperty('exception');
});

test('records end with a line break; raw text is unchanged; lost events leave nothing', () => {
	const raw = {time, microseconds: 0, raw: 'LiteLLM:INFO - \nsecond'};
	expect(renderRecords([raw, failure, raw], 'plain', {exceptions: 'dicts'})).toBe(
		'LiteLLM:INFO - \nsecond\nLiteLLM:INFO - \nsecond\n',
	);
});

import {closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createRandom} from '../../source/demo/random.js';

const models = ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5'];

type Call = {
	readonly time: number;
	readonly thread: string;
	readonly model: string;
	readonly read: number;
	readonly written: number;
	readonly input: number;
	readonly output: number;
	/** Hexadecimal digits that no other call has. */
	readonly id: string;
};

const attribute = (key: string, value: string | number) => ({
	key,
	value: typeof value === 'number' ? {intValue: String(value)} : {stringValue: value},
});

const span = ({time, id}: Call, name: string, attributes: readonly object[]) => ({
	traceId: id.padStart(32, '4'),
	spanId: `${name.length}${id}`.padStart(16, 'a'),
	parentSpanId: id.padStart(16, 'b'),
	flags: 257,
	name,
	kind: 3,
	startTimeUnixNano: `${time - 650}000000`,
	endTimeUnixNano: `${time}000000`,
	attributes,
	status: {},
});

const usageLine = ({time, thread, model, read, written, input, output}: Call): object => ({
	timestamp: new Date(time).toISOString(),
	level: 'info',
	msg: 'llm call',
	model,
	thread_id: thread,
	usage: {
		input_tokens: input,
		cache_read_input_tokens: read,
		cache_creation_input_tokens: written,
		output_tokens: output,
	},
});
const usageFilter =
	'[.timestamp,.model,.thread_id,.usage.input_tokens,.usage.cache_read_input_tokens,.usage.cache_creation_input_tokens,.usage.output_tokens]';

/** How a line of each kind tells a call, and the filter with which jq gets the same fields of it. */
export const usageKinds = {
	'usage lines': {line: usageLine, filter: usageFilter},
	'docker json-file': {
		line: (call: Call): object => ({
			log: `${JSON.stringify(usageLine(call))}\n`,
			stream: 'stdout',
			time: new Date(call.time + 1).toISOString().replace('Z', '318377Z'),
		}),
		filter: `.log|fromjson|${usageFilter}`,
	},
	'journald JSON': {
		line: (call: Call): object => ({
			__CURSOR: `s=4f1c;i=${call.id};b=8e02;m=${call.id}0;t=${call.id}1;x=${call.id}2`,
			__REALTIME_TIMESTAMP: `${call.time + 1}377`,
			_BOOT_ID: '8e02a6d1b3c04f6e9a5d7c1b2f3e4d5c',
			PRIORITY: '6',
			_HOSTNAME: 'web-1',
			_PID: '812',
			SYSLOG_IDENTIFIER: 'app',
			_TRANSPORT: 'stdout',
			MESSAGE: JSON.stringify(usageLine(call)),
		}),
		filter: `.MESSAGE|fromjson|${usageFilter}`,
	},
	OTLP: {
		line: (call: Call): object => ({
			resourceSpans: [
				{
					resource: {attributes: [attribute('service.name', 'api'), attribute('telemetry.sdk.language', 'python')]},
					scopeSpans: [
						{
							scope: {name: 'opentelemetry.instrumentation.anthropic', version: '0.48.1'},
							spans: [
								span(call, `chat ${call.model}`, [
									attribute('gen_ai.operation.name', 'chat'),
									attribute('gen_ai.system', 'anthropic'),
									attribute('gen_ai.response.model', call.model),
									attribute('gen_ai.conversation.id', call.thread),
									attribute('gen_ai.usage.input_tokens', call.input + call.read + call.written),
									attribute('gen_ai.usage.output_tokens', call.output),
									attribute('gen_ai.usage.cache_read.input_tokens', call.read),
									attribute('gen_ai.usage.cache_creation.input_tokens', call.written),
								]),
								span(call, 'POST', [
									attribute('http.request.method', 'POST'),
									attribute('url.full', 'https://api.anthropic.com/v1/messages'),
									attribute('http.response.status_code', 200),
								]),
							],
						},
					],
				},
			],
		}),
		filter:
			'.resourceSpans[].scopeSpans[].spans[]|[.endTimeUnixNano,(.attributes[]|select(.key|startswith("gen_ai"))|.value)]',
	},
} as const;

export type UsageKind = keyof typeof usageKinds;

/** A log of some size in which every line tells a call, made once and kept in the temporary folder. */
export const usageLog = (kind: UsageKind, megabytes: number): string => {
	const folder = join(tmpdir(), 'hitrate-bench');
	const path = join(folder, `${kind.replace(' ', '-')}-${megabytes}.log`);
	if (existsSync(path)) {
		return path;
	}
	mkdirSync(folder, {recursive: true});
	const descriptor = openSync(`${path}.part`, 'w');
	const random = createRandom(3);
	const upTo = (most: number) => Math.floor(random.next() * most);
	let time = Date.UTC(2026, 10, 1);
	for (let number = 0, written = 0; written < megabytes * 1e6; ) {
		let text = '';
		for (let line = 0; line < 1000; line++, number++) {
			time += 700 + upTo(500);
			const thread = (Math.floor(number / 10) % 24) + 24 * Math.floor(number / 4800);
			const call = {
				time,
				thread: `thread-${thread}`,
				model: models[thread % models.length] as string,
				read: random.next() < 0.05 ? 0 : 5000 + upTo(40_000),
				written: upTo(3000),
				input: upTo(900),
				output: upTo(800),
				id: number.toString(16),
			};
			text += `${JSON.stringify(usageKinds[kind].line(call))}\n`;
		}
		written += writeSync(descriptor, text);
	}
	closeSync(descriptor);
	renameSync(`${path}.part`, path);
	return path;
};

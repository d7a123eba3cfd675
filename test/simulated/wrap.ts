import {stripVTControlCharacters} from 'node:util';
import {createRandom, type Random} from '../../source/demo/random.js';
import type {Instant} from '../../source/demo/writing/log-record.js';

/** The writers that put lines of the backend inside lines of their own. */
export const wrappers = [
	'docker-json',
	'docker-t',
	'compose-v1',
	'compose-v1-t',
	'compose-v2',
	'compose-v2-t',
	'cri',
	'kubectl',
	'kubectl-t',
	'journald-json',
	'journald-json-all',
	'journald-short',
	'journald-short-iso',
	'pm2-time',
	'pm2-json',
	'pm2-logs',
] as const;

export type Wrapper = (typeof wrappers)[number];

/** One line without its line break, and when it was written. */
export type TimedLine = Instant & {
	readonly line: string;
};

/** Docker and the container runtimes cut lines at this many bytes. */
const partSize = 16 * 1024;

/** journald shows no longer fields as JSON unless asked for all. */
const journaldFieldLimit = 4096;

const isoSecond = (time: number) => new Date(time).toISOString().slice(0, 19);

/** RFC 3339 with nine digits; the last three are made up. */
const nanoseconds = ({time, microseconds}: Instant) =>
	`${isoSecond(time)}.${String((time % 1000) * 1000 + microseconds).padStart(6, '0')}377Z`;

/** Cuts at a number of bytes, never inside a character. */
const parts = (line: string): readonly string[] => {
	const bytes = Buffer.from(line);
	if (bytes.length <= partSize) {
		return [line];
	}

	const found: string[] = [];
	let start = 0;
	while (start < bytes.length) {
		let end = Math.min(start + partSize, bytes.length);
		while (end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) {
			end--;
		}

		found.push(bytes.toString('utf8', start, end));
		start = end;
	}

	return found;
};

/** Go's JSON encoder makes these safe for HTML. */
const goJson = (text: string) =>
	JSON.stringify(text).replace(
		/[&<>\u2028\u2029]/g,
		character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);

const dockerJson = (line: TimedLine): string[] => {
	const pieces = parts(line.line);
	return pieces.map((piece, index) => {
		const log = index === pieces.length - 1 ? `${piece}\n` : piece;
		return `{"log":${goJson(log)},"stream":"stdout","time":"${nanoseconds(line)}"}`;
	});
};

const cri = (line: TimedLine): string[] => {
	const pieces = parts(line.line);
	return pieces.map(
		(piece, index) => `${nanoseconds(line)} stdout ${index === pieces.length - 1 ? 'F' : 'P'} ${piece}`,
	);
};

const journaldMessage = (line: string, all: boolean): string | number[] | null => {
	if (!all && Buffer.byteLength(line) > journaldFieldLimit) {
		return null;
	}

	return line.includes('\u001b') ? [...Buffer.from(line)] : line;
};

const journaldJson = (line: TimedLine, index: number, all: boolean, random: Random): string => {
	const realtime = line.time * 1000 + line.microseconds;
	const monotonic = 1_000_000 + index;
	const boot = '1234567890abcdef1234567890abcdef';
	const cursor = `s=${random.hex(32)};i=${(index + 1).toString(16)};b=${boot};m=${monotonic.toString(16)};t=${realtime.toString(16)};x=${random.hex(16)}`;
	const fields: [string, string | number[] | null][] = [
		['__CURSOR', cursor],
		['__REALTIME_TIMESTAMP', String(realtime)],
		['__MONOTONIC_TIMESTAMP', String(monotonic)],
		['_BOOT_ID', boot],
		['_MACHINE_ID', 'abcdefabcdefabcdefabcdefabcdefab'],
		['_HOSTNAME', 'prod1'],
		['_SYSTEMD_UNIT', 'suna-worker.service'],
		['_TRANSPORT', 'stdout'],
		['_COMM', 'dramatiq'],
		['_PID', '4321'],
		['PRIORITY', '6'],
		['SYSLOG_IDENTIFIER', 'dramatiq'],
		['MESSAGE', journaldMessage(line.line, all)],
	];
	return JSON.stringify(Object.fromEntries(random.shuffle(fields)));
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const syslogTime = (time: number) => {
	const date = new Date(time);
	return `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)}`;
};

const pm2Json = ({line, time}: TimedLine) =>
	JSON.stringify({
		message: `${line}\n`,
		timestamp: new Date(time).toISOString(),
		type: 'out',
		process_id: 0,
		app_name: 'worker',
	});

const pod = '[pod/suna-worker-6d5f8c7b9-abcde/worker]';
const unit = 'prod1 dramatiq[4321]:';

const wrapLine = (line: TimedLine, wrapper: Wrapper, index: number, random: Random): string | readonly string[] => {
	switch (wrapper) {
		case 'docker-json':
			return dockerJson(line);
		case 'docker-t':
			return `${nanoseconds(line)} ${line.line}`;
		case 'compose-v1':
			return `worker_1    | ${line.line}`;
		case 'compose-v1-t':
			return `worker_1    | ${nanoseconds(line)} ${line.line}`;
		case 'compose-v2':
			return `worker-1  | ${line.line}`;
		case 'compose-v2-t':
			return `worker-1  | ${nanoseconds(line)} ${line.line}`;
		case 'cri':
			return cri(line);
		case 'kubectl':
			return `${pod} ${line.line}`;
		case 'kubectl-t':
			return `${pod} ${nanoseconds(line)} ${line.line}`;
		case 'journald-json':
			return journaldJson(line, index, false, random);
		case 'journald-json-all':
			return journaldJson(line, index, true, random);
		case 'journald-short':
			return `${syslogTime(line.time)} ${unit} ${stripVTControlCharacters(line.line)}`;
		case 'journald-short-iso':
			return `${isoSecond(line.time)}+0000 ${unit} ${stripVTControlCharacters(line.line)}`;
		case 'pm2-time':
			return `${isoSecond(line.time)}: ${line.line}`;
		case 'pm2-json':
			return pm2Json(line);
		case 'pm2-logs':
			return `\u001b[32m0|worker   | \u001b[39m${line.line}`;
	}
};

/**
 * Lines as another writer stores or shows them, without line breaks. Local times are written as UTC.
 * Long lines become several (docker-json, cri).
 */
export const wrapLines = (lines: Iterable<TimedLine>, wrapper: Wrapper): string[] => {
	const random = createRandom(1);
	const wrapped: string[] = [];
	let index = 0;
	for (const line of lines) {
		const result = wrapLine(line, wrapper, index++, random);
		if (typeof result === 'string') {
			wrapped.push(result);
		} else {
			wrapped.push(...result);
		}
	}

	return wrapped;
};

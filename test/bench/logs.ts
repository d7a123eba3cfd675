import {closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {simulateBackend} from '../simulated/backend.js';
import {type Rendering, renderRecords} from '../simulated/render.js';

export type LogOptions = {
	readonly megabytes: number;
	/** Share of the lines that are about caching, 0–1: what a format has to read. */
	readonly relevant: number;
	readonly rendering: Rendering;
};

/** What fills most logs: the requests that a web server answers, told twice. */
const fillerLine = (number: number): string => {
	const id = `${number.toString(16).padStart(8, '0')}-7d1e-4c5f-9a0b-3f2e1d0c9b8a`;
	return number % 3 === 0
		? `INFO:     172.18.0.1:${30_000 + (number % 30_000)} - "GET /api/agent-runs/${id} HTTP/1.1" 200 OK\n`
		: `{"event": "Request completed: GET /api/threads/${id}/messages | Status: 200 | Time: 0.03s", "level": "debug", "filename": "api.py", "func_name": "log_requests_middleware", "lineno": 319, "timestamp": "2026-11-01T08:15:30.123456Z", "request_id": "${id}", "client_ip": "172.18.0.1", "method": "GET"}\n`;
};

/** How the events about caching begin in the words of the backend, behind the time, the level and an emoji. */
const aboutCaching =
	/(?:"event": "|\] )(?:[^\w[]|\\u[\da-f]{4})*(?:\[[\dm]*m)*(?:Block \d|Building cache|CACH|Conversation too small|Applying |System prompt too small|STORED |Starting thread execution|Loaded \d|(?:Making )?LLM API call|\[LLM\] |\[THREAD_MANAGER\] |\[ResponseProcessor\] Usage|\[BatchWriter\] Billing|Processing billing|Rebuilding cache|Invalidated cached|Using model: |Usage |USAGE OBJECT|NO CACHE)/;

/** A simulated backend's log of some size, made once and kept in the temporary folder. */
export const benchLog = ({megabytes, relevant, rendering}: LogOptions): string => {
	const folder = join(tmpdir(), 'hitrate-bench');
	const path = join(folder, `${rendering}-${relevant}-${megabytes}.log`);
	if (existsSync(path)) {
		return path;
	}
	mkdirSync(folder, {recursive: true});
	const descriptor = openSync(`${path}.part`, 'w');
	let written = 0;
	let lines = 0;
	let found = 0;
	const backend = simulateBackend({
		seed: 11,
		start: Date.UTC(2026, 10, 1),
		requestsPerSecond: 1,
		threads: 24,
		generation: '2025-10-16',
		level: 'info',
		noise: 0.5,
	});
	for (const {records} of backend) {
		let text = '';
		for (const line of renderRecords(records, rendering, {exceptions: 'dicts'}).trimEnd().split('\n')) {
			const isRelevant = aboutCaching.test(line);
			// The backend talks of much else; a dense log is one that leaves most of that out.
			if (isRelevant || lines * relevant < found) {
				text += `${line}\n`;
				lines++;
				found += isRelevant ? 1 : 0;
			}
		}
		for (; lines * relevant < found; lines++) {
			text += fillerLine(lines);
		}
		written += writeSync(descriptor, text);
		if (written >= megabytes * 1e6) {
			break;
		}
	}
	closeSync(descriptor);
	const share = found / lines;
	if (Math.abs(share - relevant) > 0.005) {
		throw new Error(`${path}: ${(share * 100).toFixed(1)} % of the lines are about caching`);
	}
	renameSync(`${path}.part`, path);
	return path;
};

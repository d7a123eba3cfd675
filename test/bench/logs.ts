import {closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {simulateBackend} from '../simulated/backend.js';
import {type Rendering, renderRecords} from '../simulated/render.js';

export type LogOptions = {
	readonly megabytes: number;
	/** Unrelated lines per model call: few make a dense log. */
	readonly unrelated: number;
	readonly rendering: Rendering;
};

/** What fills most logs: the requests that a web server answers, told twice. */
const filler = (lines: number, seed: number): string =>
	Array.from({length: lines}, (_, index) => {
		const id = `${(seed + index).toString(16).padStart(8, '0')}-7d1e-4c5f-9a0b-3f2e1d0c9b8a`;
		return index % 3 === 0
			? `INFO:     172.18.0.1:${30_000 + (index % 30_000)} - "GET /api/agent-runs/${id} HTTP/1.1" 200 OK\n`
			: `{"event": "Request completed: GET /api/threads/${id}/messages | Status: 200 | Time: 0.03s", "level": "debug", "filename": "api.py", "func_name": "log_requests_middleware", "lineno": 319, "timestamp": "2026-11-01T08:15:30.123456Z", "request_id": "${id}", "client_ip": "172.18.0.1", "method": "GET"}\n`;
	}).join('');

/** A simulated backend's log of some size, made once and kept in the temporary folder. */
export const benchLog = ({megabytes, unrelated, rendering}: LogOptions): string => {
	const folder = join(tmpdir(), 'hitrate-bench');
	const path = join(folder, `${rendering}-${unrelated}-${megabytes}.log`);
	if (existsSync(path) && statSync(path).size >= megabytes * 1e6) {
		return path;
	}
	mkdirSync(folder, {recursive: true});
	const descriptor = openSync(`${path}.part`, 'w');
	let written = 0;
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
		written += writeSync(
			descriptor,
			renderRecords(records, rendering, {exceptions: 'dicts'}) + filler(unrelated, written),
		);
		if (written >= megabytes * 1e6) {
			break;
		}
	}
	closeSync(descriptor);
	renameSync(`${path}.part`, path);
	return path;
};

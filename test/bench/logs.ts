import {closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {simulateBackend} from '../../source/demo/backend.js';
import {type Rendering, renderRecords} from '../../source/demo/render.js';

export type LogOptions = {
	readonly megabytes: number;
	/** Unrelated records per model call: few make a dense log. */
	readonly noise: number;
	readonly rendering: Rendering;
};

/** A simulated backend's log of some size, made once and kept in the temporary folder. */
export const benchLog = ({megabytes, noise, rendering}: LogOptions): string => {
	const folder = join(tmpdir(), 'hitrate-bench');
	const path = join(folder, `${rendering}-${noise}-${megabytes}.log`);
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
		noise,
	});
	for (const {records} of backend) {
		written += writeSync(descriptor, renderRecords(records, rendering, {exceptions: 'dicts'}));
		if (written >= megabytes * 1e6) {
			break;
		}
	}
	closeSync(descriptor);
	renameSync(`${path}.part`, path);
	return path;
};

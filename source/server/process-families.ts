import {readdirSync} from 'node:fs';
import process from 'node:process';
import type {Family} from '../output/prometheus/prometheus.js';

/**
 * The standard process metrics under the names that dashboards expect. Those that prom-client collects include some
 * that `promtool check metrics` rejects.
 */
export const processFamilies = (version: string): readonly Family[] => {
	const {user, system} = process.cpuUsage();
	const files = openFiles();
	return [
		{
			name: 'hitrate_build_info',
			help: 'The version that runs; always 1',
			kind: 'gauge',
			samples: [{labels: {version, node: process.versions.node}, value: 1}],
		},
		{
			name: 'process_cpu_seconds_total',
			help: 'Time that processors spent on this process',
			kind: 'counter',
			samples: [{labels: {}, value: (user + system) / 1e6}],
		},
		{
			name: 'process_resident_memory_bytes',
			help: 'Memory that this process holds',
			kind: 'gauge',
			samples: [{labels: {}, value: process.memoryUsage.rss()}],
		},
		{
			name: 'process_open_fds',
			help: 'Files and connections that this process has open',
			kind: 'gauge',
			samples: files === undefined ? [] : [{labels: {}, value: files}],
		},
		{
			name: 'process_start_time_seconds',
			help: 'When this process was started',
			kind: 'gauge',
			samples: [{labels: {}, value: started}],
		},
	];
};

/** Constant for the life of the process, so that a change shows a restart. */
const started = Math.round(Date.now() / 1000 - process.uptime());

/** Number of open files; undefined if the system does not report it. */
const openFiles = (): number | undefined => {
	try {
		return readdirSync('/proc/self/fd').length;
	} catch {
		return undefined;
	}
};

import {readdirSync, realpathSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {Format} from '../formats/format.js';
import type {LogReading} from '../ingest/log-reading.js';
import {sampleFile} from '../sources/file/sample-file.js';
import type {ExaminedLog, Neighbour} from './finding.js';
import {kindsOf} from './sample.js';

/** Maximum number of sampled logs, besides those that were read. */
const mostNeighbours = 20;

/** Samples the logs that were read; streams cannot be sampled. */
export const examineLogs = (readings: readonly LogReading[]): readonly ExaminedLog[] =>
	readings.map(reading => {
		const sample = sampleFile(reading.facts.log.id);
		return {reading, kinds: sample && kindsOf(sample.bytes)};
	});

/** Other logs in the folders of those that were read, likeliest first. */
export const findNeighbours = (readings: readonly LogReading[], formats: readonly Format[]): readonly Neighbour[] => {
	const known = new Set(readings.map(({facts}) => facts.log.id));
	const folders = new Map(readings.map(({facts}) => [dirname(facts.log.id), dirname(facts.log.name)]));
	const found: Neighbour[] = [];
	for (const [folder, shown] of folders) {
		for (const path of logsOf(folder)) {
			const sample = known.has(path) || found.length >= mostNeighbours ? undefined : sampleFile(path);
			if (sample && sample.size > 0) {
				found.push({
					path: join(shown, basename(path)),
					size: sample.size,
					modified: sample.modified,
					holdsCacheLines: formats.some(format => holdsRequests(format, sample.bytes)),
				});
			}
		}
	}
	return found.sort(
		(one, other) => Number(other.holdsCacheLines) - Number(one.holdsCacheLines) || other.modified - one.modified,
	);
};

const logsOf = (folder: string): readonly string[] => {
	try {
		return readdirSync(folder)
			.filter(name => /\.log(?:\.\d+)?$/.test(name))
			.map(name => realpathSync(join(folder, name)));
	} catch {
		return [];
	}
};

/** True if reading the sample yields a request, so that its lines are not mere look-alikes. */
const holdsRequests = (format: Format, sample: Buffer): boolean => {
	if (!format.recognise(sample)) {
		return false;
	}
	let any = false;
	const session = format.open({
		source: '',
		localTime: () => 0,
		promptTokens: undefined,
		onRequest: () => {
			any = true;
		},
		onRetract: () => {},
	});
	session.lines(sample.subarray(0, sample.lastIndexOf(0x0a) + 1), true);
	return any || session.provisional().length > 0;
};

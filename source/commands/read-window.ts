import process from 'node:process';
import type {Report} from '../metrics/report.js';
import type {OutputContext} from '../output/context.js';
import {sanitize} from '../output/sanitize.js';
import type {Options} from './options.js';
import {readAll} from './read-all.js';
import {openSession} from './session.js';

/** The window that the options name, read once. */
export type ReadWindow = {readonly report: Report; readonly context: OutputContext};

/**
 * Reads the sources and says on standard error what was in the way.
 * @returns undefined where nothing at all could be read
 */
export const readWindow = async (options: Options, verb: string): Promise<ReadWindow | undefined> => {
	const session = await openSession(options);
	const {ingest, report, readAny} = await readAll(session, options.filter);
	const {readings, problems} = ingest;
	for (const {message} of problems) {
		process.stderr.write(`hitrate: ${sanitize(message)}\n`);
	}
	if (session.sources.length === 0 && problems.length === 0) {
		process.stderr.write(
			`hitrate: found no log. Looked at: ${session.lookedAt.join(', ')}. Name one, as in: hitrate ${verb} path/to/worker.log\n`,
		);
	}
	return readAny
		? {
				report: report(options.window ?? {kind: 'all'}),
				context: {
					zone: options.zone,
					prices: session.prices,
					readings,
					problems,
					events: options.events,
					groupBy: options.groupBy,
				},
			}
		: undefined;
};

import process from 'node:process';
import manifest from '../../package.json' with {type: 'json'};
import {diagnose} from '../diagnosis/diagnose.js';
import {doctorText} from '../diagnosis/doctor-text.js';
import {examineLogs, findNeighbours} from '../diagnosis/examine.js';
import {sharedSample} from '../diagnosis/shared-sample.js';
import {UsageError} from '../errors.js';
import {formats} from '../formats/table.js';
import {skippedLines} from '../output/context.js';
import {jsonText} from '../output/json/json.js';
import type {Options} from '../session/options.js';
import {openSession} from '../session/session.js';
import {silentAgentsOf, systemOf} from '../sources/agents/find-places.js';
import {homeFolder} from '../system/home.js';
import {readAll, unread} from './reading/read-all.js';

/** `hitrate doctor`: what was found, recognised, read and skipped, and what to do about it. */
export const doctor = async (options: Options, share: boolean): Promise<number> => {
	if (share && options.json) {
		throw new UsageError('--share is Markdown and --json is JSON: use one of them.');
	}
	const session = await openSession({...options, keep: false});
	if (session.isRemote) {
		throw new UsageError(
			'hitrate doctor looks at logs: run it where they are. hitrate fleet status tells who sends what.',
		);
	}
	const {ingest, report, readAny, isWhole} = await readAll(session, {filter: options.filter});
	const {readings, problems} = ingest;
	if (share) {
		process.stdout.write(sharedSample(readings, manifest.version));
		return readAny && isWhole ? 0 : 3;
	}
	const whole = await report({kind: 'all'});
	const findings = diagnose({
		logs: examineLogs(readings),
		neighbours: findNeighbours(readings, formats),
		problems,
		report: options.window ? await report(options.window) : whole,
		whole,
		silentAgents: session.later ? silentAgentsOf(thisUser()) : [],
		lookedAt: session.lookedAt,
		pattern: options.pattern,
		now: session.ingest.now(),
	});
	process.stdout.write(
		options.json
			? jsonText({
					findings,
					logs: readings.map(({facts, format, tally}) => ({
						name: facts.log.name,
						format: format ?? null,
						bytes: facts.size,
						lines: facts.lines,
						modified: facts.modified === undefined ? null : new Date(facts.modified).toISOString(),
						...tally,
					})),
					requests: whole.total,
					skipped: skippedLines(readings),
					problems,
				})
			: doctorText({
					readings,
					findings,
					lookedAt: session.lookedAt,
					failed: new Set(problems.filter(({kind}) => unread.has(kind)).map(({name}) => name)),
					requests: whole.total,
					zone: options.zone,
					ascii: options.ascii,
				}),
	);
	return readAny && isWhole ? 0 : 3;
};

const thisUser = () => ({home: homeFolder(), env: process.env, systems: [systemOf(process.platform)]});

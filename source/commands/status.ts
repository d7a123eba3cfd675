import {existsSync} from 'node:fs';
import process from 'node:process';
import {UserError} from '../errors.js';
import {isClickhouseAddress} from '../fleet/table/address.js';
import {breaksOf} from '../metrics/breaks/breaks.js';
import {warmOf} from '../metrics/breaks/warm.js';
import type {Filter} from '../metrics/filter.js';
import {summaryOf} from '../metrics/report/summary.js';
import {endsQuestion, logNow} from '../metrics/warm-now.js';
import {knowsBreaks} from '../output/phrases.js';
import {checkTemplate, type NoFigures, type StatusFigures, statusLine} from '../output/status-line.js';
import type {Flags} from '../session/defaults.js';
import {withDefaults} from '../session/defaults.js';
import {handedSession} from '../session/handed-session.js';
import {scopeOf, userPricesOf} from '../session/scope.js';
import {parsePrices} from '../settings/parse-prices.js';
import {promptTokensOf} from '../settings/prompt-tokens.js';
import type {Settings} from '../settings/schema.js';
import {agentsRoot} from '../sources/roots.js';
import type {LocalLedger} from '../store/local-ledger.js';
import {storePath} from '../store/scope.js';
import {readKept} from '../store/sqlite/file/kept.js';
import {toAscii} from '../text/sanitize.js';
import {parseZone} from '../time/zones.js';
import {refuse} from './refuse.js';

const day = 86_400_000;

/**
 * `hitrate status`: one line from the store; reads no logs, and prints `n/a` for what is unknown. Never waits or fails,
 * because the prompt or status bar would hang or show an error.
 * @returns the exit code: 2 for an unknown figure, else 0
 */
export const status = async (
	words: readonly string[],
	{format: template, ...flags}: Flags,
	settings: () => Promise<Settings>,
): Promise<number> => {
	process.stdout.on('error', () => {});
	let figures: StatusFigures | NoFigures = 'unknown';
	let isAscii = flags.ascii ?? false;
	try {
		if (template !== undefined) {
			checkTemplate(template);
		}
	} catch (error) {
		if (error instanceof UserError) {
			return refuse(error, false);
		}
		throw error;
	}
	try {
		const given = withDefaults(words, flags, await settings());
		isAscii = given.flags.ascii ?? false;
		const session = await handedSession();
		figures = figuresFor(given.sources, given.flags, session);
	} catch {
		// Invalid settings, or a damaged or locked store: a report explains the problem, a status line shows n/a.
	}
	const line = statusLine(figures, template);
	process.stdout.write(`${isAscii ? toAscii(line) : line}\n`);
	return 0;
};

/** Figures of what is kept of these sources, or why there are none. */
const figuresFor = (
	sources: readonly string[],
	flags: Flags,
	session: string | undefined,
): StatusFigures | NoFigures => {
	if (sources.some(isClickhouseAddress)) {
		return 'fleet';
	}
	const path = keptAt(sources, flags, session);
	if (path === undefined) {
		return 'unknown';
	}
	return existsSync(path) ? readKept(path, ledger => figuresOf(ledger, session, Date.now())) : 'nothing-read';
};

/** Path of the store for these sources and flags; undefined if there is none. */
const keptAt = (given: readonly string[], flags: Flags, session: string | undefined): string | undefined => {
	const {logFile = [], exec = [], store = true, format, pattern, promptTokens, logTz, price = [], planModel} = flags;
	const sources = [...given, ...logFile];
	const scope = scopeOf({
		keep: store,
		demo: false,
		sources,
		exec,
		format,
		pattern,
		logZone: logTz === undefined ? 'UTC' : parseZone(logTz, '--log-tz'),
		promptTokens: promptTokensOf(promptTokens),
	});
	// The session of an agent is in the agents' store, not in that of logs in the current folder.
	const isAgents = session !== undefined && sources.length === 0 && exec.length === 0;
	return (
		scope &&
		storePath(
			isAgents ? {...scope, sources: [agentsRoot]} : scope,
			userPricesOf({prices: parsePrices(price), planModel}),
		)
	);
};

/** The figures of the last 24 hours or, for a session, of the whole session. */
const figuresOf = (ledger: LocalLedger, session: string | undefined, now: number): StatusFigures => {
	const present = logNow(ledger.span, now);
	const window = {
		from: session === undefined ? present - day : Number.MIN_SAFE_INTEGER,
		to: present + 1,
		name: session === undefined ? '24h' : 'all',
	};
	const filter: Filter = {thread: session};
	const parts = ledger.parts(window, filter);
	const breaks = breaksOf(parts, []);
	// One thread tells whether conversations are named at all.
	const threads = ledger.threads(window, filter, 1);
	return {
		summary: summaryOf(parts),
		breaks,
		knowsBreaks: knowsBreaks({
			breaks,
			threadCount: threads.count,
			threads: threads.parts.map(({thread: name}) => ({name})),
		}),
		warm: warmOf(ledger.ends(endsQuestion(filter, present).since, filter), present),
		now: present,
		latest: session === undefined ? ledger.span?.last : ledger.requests(window, filter, 1)[0]?.request.time,
	};
};

import {setTimeout as wait} from 'node:timers/promises';
import type {Shipping} from '../fleet/shipping/start-shipping.js';
import type {Filter} from '../metrics/filter.js';
import {allMarks, findMark, windowSince} from '../metrics/marks.js';
import {reportOf, type WindowOf} from '../metrics/report/report.js';
import {resolveWindow, type WindowChoice} from '../metrics/windows/window.js';
import type {Session} from '../session/session.js';
import {titleOf} from '../session/session.js';
import {notKept} from '../store/open-store.js';
import {StoreError} from '../store/store.js';
import {type Alerting, type Evaluation, startEvaluation} from './evaluation.js';
import {type Following, startFollowing} from './following.js';
import type {Guard} from './guard.js';
import {type HttpOptions, type HttpServer, startHttpServer} from './http-server.js';
import {type RouteOptions, routesOf} from './routes.js';

/** Options of `serve`: its sources, rules and address. */
export type ServingOptions = Guard & {
	/** Opens the sources and their store; in memory if `keep` is false. */
	readonly open: (keep: boolean) => Promise<Session>;
	readonly filter: Filter;
	/** IANA name of the zone for times without one. */
	readonly zone: string;
	readonly version: string;
	/** The user's title for the page at `/`; undefined for the default. */
	readonly title?: string | undefined;
	/** Undefined if there are no rules. */
	readonly alerting: Alerting | undefined;
	/** Starts to ship a store's file; undefined if nothing is shipped. */
	readonly ship?: ((path: string, onError: (error: unknown) => void) => Shipping) | undefined;
	/** Writes a line to the log. */
	readonly say: (line: string) => void;
	/** Called if the service cannot continue. */
	readonly onFail: (error: unknown) => void;
};

type Serving = {
	/** The server's URL. */
	readonly url: string;
	/** Saves and stops, within a second. */
	stop(): Promise<void>;
};

/** Milliseconds after which new requests are saved if they are shipped to a fleet, where others wait for them. */
const shippedDelay = 250;

/** Milliseconds that the last messages get at the end; undelivered ones are sent after the next start. */
const lastMessagesTimeout = 300;

/**
 * Follows sources, stores their requests, evaluates rules and answers over HTTP until it is stopped.
 * @throws UserError if it cannot listen on the address
 */
export const startServing = async (options: ServingOptions): Promise<Serving> => {
	const {say, onFail, alerting} = options;
	let evaluation: Evaluation | undefined;
	let stopped = false;
	let following: Following;
	let shipping: Shipping | undefined;
	const follow = (session: Session): Following =>
		startFollowing(
			session,
			{
				onProblem: ({message}) => say(message),
				onCaughtUp: () => {
					say(
						session.isRemote
							? `asking ${titleOf(session)}`
							: `read ${titleOf(session)} to its end: ${session.store.total} requests`,
					);
					evaluation ??=
						alerting &&
						startEvaluation({
							alerting,
							say,
							report: (window, marks) => windowReport(window, marks, options.filter, following),
						});
				},
				onError: error => void recover(error),
			},
			options.ship ? shippedDelay : undefined,
		);
	/** If the store fails, its content is lost but the service continues: the logs are read again, into memory. */
	const recover = async (error: unknown): Promise<void> => {
		if (!(error instanceof StoreError) || stopped) {
			onFail(error);
			return;
		}
		try {
			say(notKept(error));
			const before = following;
			if (shipping) {
				await shipping.stop();
				shipping = undefined;
				say('nothing is shipped until the next start: only what is kept on disk can be');
			}
			const next = await options.open(false);
			if (!stopped) {
				following = follow(next);
				await before.stop().catch(() => {});
			}
		} catch (second) {
			onFail(second);
		}
	};
	const session = await options.open(true);
	if (session.notKept !== undefined) {
		say(session.notKept);
	}
	const server = await listen(session, options, {
		following: () => following,
		shipping: () => shipping?.state,
		verdicts: () => evaluation?.verdicts ?? [],
		onError: error => {
			if (error instanceof StoreError) {
				following.fail(error);
			} else {
				say(`a request could not be answered: ${error instanceof Error ? error.message : String(error)}`);
			}
		},
	});
	say(`listening on ${server.url}`);
	following = follow(session);
	const keeper = session.keep?.(say);
	keeper?.ended.catch(onFail);
	if (options.ship) {
		if (session.keptAt === undefined) {
			say('nothing is shipped: only what is kept on disk can be');
		} else {
			shipping = options.ship(session.keptAt, onFail);
		}
	}
	return {
		url: server.url,
		stop: async () => {
			stopped = true;
			await Promise.all([
				server.stop(),
				shipping?.stop(),
				Promise.race([
					Promise.all([evaluation?.stop(), keeper?.stop()]),
					wait(lastMessagesTimeout, undefined, {ref: false}),
				]),
			]);
			await following.stop();
		},
	};
};

const listen = async (
	session: Session,
	options: ServingOptions,
	{onError, ...state}: Pick<RouteOptions, 'following' | 'verdicts' | 'shipping'> & Pick<HttpOptions, 'onError'>,
): Promise<HttpServer> => {
	try {
		return await startHttpServer({
			...options,
			routes: routesOf({...options, ...state}),
			onError,
		});
	} catch (error) {
		session.store.close();
		throw error;
	}
};

const windowReport = async (
	window: WindowChoice,
	wantedMarks: readonly string[],
	filter: Filter,
	{session, settle}: Following,
) => {
	if (!settle()) {
		return undefined;
	}
	const {ledger, prices, ingest} = session;
	const now = ingest.now();
	const marks = session.marks();
	const report = (wanted: WindowOf) =>
		reportOf(ledger, wanted, prices, now, {filter, most: 0, mostThreads: 20, evidence: false, marks});
	const since = async (name: string) => {
		const {overview} = await ledger.ask(() => ({}));
		const mark = findMark(allMarks(marks, overview.clients), name);
		return mark && report(({span}) => windowSince(mark, now, span));
	};
	return {
		report: await report(({span}) => resolveWindow(window, now, span)),
		since: new Map(await Promise.all(wantedMarks.map(async name => [name, await since(name)] as const))),
		title: titleOf(session),
		now,
	};
};

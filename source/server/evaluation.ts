import type {Verdict} from '../alerts/rule.js';
import type {Report} from '../metrics/report/report.js';
import type {WindowChoice} from '../metrics/windows/window.js';

/** The window that rules are checked in, how often, and how the channels are told. */
export type Alerting = {
	readonly window: WindowChoice;
	/** Milliseconds from one evaluation to the next. */
	readonly every: number;
	/** Marks whose reports the rules need. */
	readonly marks: readonly string[];
	readonly judge: (report: Report, reportSince?: (mark: string) => Report | undefined) => readonly Verdict[];
	/**
	 * Tells the channels what they have not been told yet; called after every evaluation, so that it can try again.
	 * @param signal once aborted, what is on its way is not waited for
	 * @returns lines for the log: what was sent, and what could not be
	 */
	readonly notify: (told: Told, signal: AbortSignal) => Promise<readonly string[]>;
};

type Told = {
	readonly verdicts: readonly Verdict[];
	readonly report: Report;
	/** The sources as the user named them. */
	readonly title: string;
	/** Epoch milliseconds. */
	readonly now: number;
};

/** The repeated check of the rules, once it runs. */
export type Evaluation = {
	/** The latest. */
	readonly verdicts: readonly Verdict[];
	/** No further one begins; resolves when the one under way is over. */
	stop(): Promise<void>;
};

type EvaluationOptions = {
	readonly alerting: Alerting;
	/** The report of the window as it is now, and those since marks; undefined while logs are read for the first time. */
	readonly report: (
		window: WindowChoice,
		marks: readonly string[],
	) => Promise<
		(Pick<Told, 'report' | 'title' | 'now'> & {readonly since: ReadonlyMap<string, Report | undefined>}) | undefined
	>;
	/** Takes a line for the log. */
	readonly say: (line: string) => void;
};

/** Checks the rules at once, and again at each interval, also after an evaluation that failed. */
export const startEvaluation = ({alerting, report, say}: EvaluationOptions): Evaluation => {
	let verdicts: readonly Verdict[] = [];
	const stopping = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const evaluate = async (): Promise<void> => {
		const found = await report(alerting.window, alerting.marks);
		if (!found) {
			return;
		}
		const before = new Map(verdicts.map(({rule, state}) => [rule, state]));
		// While nothing can be judged, the last verdicts stay.
		const {since, ...told} = found;
		const latest = alerting.judge(told.report, mark => since.get(mark));
		for (const {rule, state, text, cause} of latest) {
			if (state !== 'unknown' && state !== (before.get(rule) ?? 'ok')) {
				say(state === 'failed' ? `alert: ${text}${cause === undefined ? '' : `; ${cause}`}` : `recovered: ${text}`);
			}
		}
		verdicts = latest.map(verdict =>
			verdict.state === 'unknown' ? (verdicts.find(({rule}) => rule === verdict.rule) ?? verdict) : verdict,
		);
		for (const line of await alerting.notify({...told, verdicts: latest}, stopping.signal)) {
			say(line);
		}
	};
	const run = async (): Promise<void> => {
		try {
			await evaluate();
		} catch (error) {
			say(`the rules could not be evaluated: ${error instanceof Error ? error.message : String(error)}`);
		}
		if (!stopping.signal.aborted) {
			timer = setTimeout(() => {
				running = run();
			}, alerting.every);
		}
	};
	let running = run();
	return {
		get verdicts() {
			return verdicts;
		},
		stop: async () => {
			stopping.abort();
			clearTimeout(timer);
			await running;
		},
	};
};

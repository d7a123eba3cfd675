import type {Verdict} from '../alerts/rule.js';
import type {Report} from '../metrics/report/report.js';
import type {WindowChoice} from '../metrics/windows/window.js';

/** The window that rules are judged on, how often, and how channels are notified. */
export type Alerting = {
	readonly window: WindowChoice;
	/** Milliseconds between evaluations. */
	readonly every: number;
	/** Marks whose reports the rules need. */
	readonly marks: readonly string[];
	readonly judge: (report: Report, reportSince?: (mark: string) => Report | undefined) => readonly Verdict[];
	/**
	 * Notifies the channels. Called after every evaluation, so that failed deliveries are retried.
	 * @param signal after it is aborted, messages in flight are not awaited
	 * @returns lines for the log: what was sent, and what failed
	 */
	readonly notify: (told: EvaluationResult, signal: AbortSignal) => Promise<readonly string[]>;
};

type EvaluationResult = {
	readonly verdicts: readonly Verdict[];
	readonly report: Report;
	/** The sources as the user named them. */
	readonly title: string;
	/** Epoch milliseconds. */
	readonly now: number;
};

/** The repeated evaluation of rules. */
export type Evaluation = {
	/** The latest verdicts. */
	readonly verdicts: readonly Verdict[];
	/** Stops further evaluations; resolves when the current one has ended. */
	stop(): Promise<void>;
};

type EvaluationOptions = {
	readonly alerting: Alerting;
	/** The current report of the window, and reports since marks; undefined during the first reading of the logs. */
	readonly report: (
		window: WindowChoice,
		marks: readonly string[],
	) => Promise<
		| (Pick<EvaluationResult, 'report' | 'title' | 'now'> & {readonly since: ReadonlyMap<string, Report | undefined>})
		| undefined
	>;
	/** Writes a line to the log. */
	readonly say: (line: string) => void;
};

/** Evaluates the rules at once and then at each interval, even after a failed evaluation. */
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
		// The last verdicts stay while nothing can be judged.
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

import {UserError} from '../errors.js';
import type {Against} from '../metrics/compare.js';
import type {Filter} from '../metrics/filter.js';
import type {Mark} from '../metrics/marks.js';
import type {View} from '../metrics/windows/window.js';
import type {Snapshot} from '../monitor/snapshot.js';
import type {Options} from '../session/options.js';
import {ExportError} from '../system/write-whole.js';
import {takeWorker} from './early-worker.js';
import type {Exported, Focus, FromEngine, Question, ToEngine} from './messages.js';
import type {Screenshot} from './write-snapshot.js';

/** The live loop as seen by the screen. It runs in a worker thread, so that reading never delays a key. */
export type Engine = {
	/** The sources, as the user named them. */
	readonly title: string;
	/** The places that were searched, as the user named them. */
	readonly lookedAt: readonly string[];
	readonly subscribe: (listener: () => void) => () => void;
	readonly getSnapshot: () => Snapshot;
	/** The view of the next snapshot. */
	readonly getView: () => View;
	/** Changes the view; resolves with its snapshot. */
	readonly show: (view: View) => Promise<Snapshot>;
	/** Changes the filter; resolves with its snapshot. */
	readonly narrow: (filter: Filter) => Promise<Snapshot>;
	/** Adds a thread's details to snapshots, or ends that; resolves with the first such snapshot. */
	readonly focus: (thread: Focus | undefined) => Promise<Snapshot>;
	/** Starts or ends a comparison; resolves with a snapshot that contains both sides. */
	readonly compare: (against: Against | undefined) => Promise<Snapshot>;
	/** Adds a mark to snapshots without saving it. */
	readonly mark: (mark: Mark) => void;
	/**
	 * Exports a report and the screen to files; resolves with their paths. Rejects with an `ExportError` for the user.
	 */
	readonly export: (report: Exported, screenshot: Screenshot) => Promise<readonly string[]>;
	/** Saves and stops; resolves when the thread has ended. */
	readonly stop: () => Promise<void>;
};

type Waiting<Value> = {readonly resolve: (value: Value) => void; readonly reject: (error: unknown) => void};

/**
 * Starts the live loop. Resolves when the sources are found, before they are read. Rejects with a `UserError` if the
 * options are not valid.
 * @param onFail called with the error if the loop ends unexpectedly
 */
export const startEngine = async (options: Options, onFail: (error: unknown) => void): Promise<Engine> => {
	const worker = takeWorker();
	const say = (message: ToEngine) => worker.postMessage(message);
	say({kind: 'open', options});
	const opened = await new Promise<Extract<FromEngine, {kind: 'opened'}>>((resolve, reject) => {
		worker.once('error', reject);
		worker.once('message', (message: FromEngine) => {
			if (message.kind === 'opened') {
				resolve(message);
			} else if (message.kind === 'refused') {
				reject(new UserError(message.message, message.exitCode));
			}
		});
	});
	worker.removeAllListeners('error');
	worker.on('error', onFail);

	const listeners = new Set<() => void>();
	/** Unanswered questions by number. */
	const questions = new Map<number, (snapshot: Snapshot) => void>();
	const exports = new Map<number, Waiting<readonly string[]>>();
	let {snapshot} = opened;
	let view: View | undefined;
	let asked = 0;
	let tasks = 0;

	worker.on('message', (message: FromEngine) => {
		switch (message.kind) {
			case 'snapshot':
				snapshot = message.snapshot;
				if (message.answered === asked) {
					view = undefined;
				}
				for (const [number, resolve] of questions) {
					if (number <= message.answered) {
						questions.delete(number);
						resolve(snapshot);
					}
				}
				for (const listener of listeners) {
					listener();
				}
				break;
			case 'exported':
				exports.get(message.task)?.resolve(message.paths);
				exports.delete(message.task);
				break;
			case 'not-exported':
				exports.get(message.task)?.reject(new ExportError(message.message));
				exports.delete(message.task);
				break;
		}
	});

	const ask = (message: Question): Promise<Snapshot> => {
		asked++;
		const number = asked;
		say(message);
		return new Promise(resolve => {
			questions.set(number, resolve);
		});
	};
	return {
		title: opened.title,
		lookedAt: opened.lookedAt,
		subscribe: listener => {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		getSnapshot: () => snapshot,
		getView: () => view ?? snapshot.view,
		show: wanted => {
			view = wanted;
			return ask({kind: 'show', view: wanted});
		},
		narrow: filter => ask({kind: 'narrow', filter}),
		focus: thread => ask({kind: 'focus', thread}),
		compare: against => ask({kind: 'compare', against}),
		mark: mark => say({kind: 'mark', mark}),
		export: ({window, filter, generatedAt}, screenshot) => {
			tasks++;
			const task = tasks;
			say({kind: 'export', task, report: {window, filter, generatedAt}, screenshot});
			return new Promise((resolve, reject) => {
				exports.set(task, {resolve, reject});
			});
		},
		stop: () =>
			new Promise<void>(resolve => {
				worker.once('exit', () => resolve());
				say({kind: 'stop'});
			}),
	};
};

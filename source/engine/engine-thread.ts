import process from 'node:process';
import {parentPort} from 'node:worker_threads';
import {UserError} from '../errors.js';
import type {Mark} from '../metrics/marks.js';
import {Monitor} from '../monitor/monitor.js';
import type {Options} from '../session/options.js';
import {openSession, type Session, titleOf} from '../session/session.js';
import {notKept} from '../store/open-store.js';
import {StoreError} from '../store/store.js';
import type {FromEngine, Question, ToEngine} from './messages.js';
import {writeSnapshot} from './write-snapshot.js';

/** The worker thread that reads, stores and counts, while the main thread handles keys. */

/** Known from the first message on. */
let options: Options;
const say = (message: FromEngine) => parentPort?.postMessage(message);
const fail = (error: unknown) => {
	// Thrown outside of any call, the error reaches the main thread as the worker's `error` event.
	setImmediate(() => {
		throw error;
	});
};
// A library's warnings would write over the screen; their subject is shown as n/a.
console.warn = () => {};

/** Milliseconds between polls of a fleet, since a server does not report new rows. */
const pollFleet = 1000;

type Running = {
	readonly session: Session;
	readonly monitor: Monitor;
	/** Number of questions that the screen had asked before this monitor was opened. */
	before: number;
};

let running: Running | undefined;
let asked = 0;
let recovering = false;
/** Marks that are not saved. */
const marked: Mark[] = [];

/** A damaged store may be noticed only when it is first queried. */
const open = async (failure?: StoreError): Promise<Running> => {
	try {
		return await openWith(failure);
	} catch (error) {
		if (failure || !(error instanceof StoreError)) {
			throw error;
		}
		return openWith(error);
	}
};

/** @param failure why nothing can be stored on disk any more */
const openWith = async (failure: StoreError | undefined): Promise<Running> => {
	const session = await openSession(failure ? {...options, keep: false} : options);
	const problem = failure ? notKept(failure) : session.notKept;
	const monitor = await Monitor.open({
		...session.ingest,
		store: session.store,
		ledger: session.ledger,
		...(session.isRemote && {every: pollFleet}),
		prices: session.prices,
		view: options.window && {choice: options.window, end: undefined},
		filter: options.filter,
		marks: () => [...session.marks(), ...marked],
		problems: [
			...session.problems,
			...(problem === undefined ? [] : [{kind: 'not-kept' as const, name: 'store', message: problem, count: 1}]),
		],
		onError: (error): void => void recover(error, monitor),
	});
	monitor.subscribe(() => {
		if (running?.monitor === monitor) {
			say({kind: 'snapshot', snapshot: monitor.getSnapshot(), answered: running.before + monitor.answered});
		}
	});
	return {session, monitor, before: 0};
};

const begin = ({session, monitor}: Running): void => {
	monitor
		.start([...session.sources, ...(session.later ? [session.later] : [])])
		.catch(error => recover(error, monitor));
};

/** If the store fails, its content is lost but the screen continues: the logs are read again, into memory. */
const recover = async (error: unknown, failed: Monitor): Promise<void> => {
	if (!running || running.monitor !== failed || recovering) {
		// It has been replaced, or is being replaced.
		return;
	}
	if (!(error instanceof StoreError)) {
		fail(error);
		return;
	}
	recovering = true;
	try {
		const before = running;
		before.monitor.abandon();
		const next = await open(error);
		running = next;
		recovering = false;
		next.before = asked;
		await next.monitor.look(before.monitor.getView(), before.monitor.getFilter());
		begin(next);
	} catch (second) {
		fail(second);
	}
};

const answer = async ({monitor}: Running, question: Question): Promise<void> => {
	asked++;
	if (question.kind === 'show') {
		await monitor.show(question.view);
	} else if (question.kind === 'narrow') {
		await monitor.narrow(question.filter);
	} else if (question.kind === 'focus') {
		await monitor.focus(question.thread);
	} else {
		await monitor.compare(question.against);
	}
};

const exportReport = async (
	{monitor, session}: Running,
	{task, report, screenshot}: Extract<ToEngine, {kind: 'export'}>,
): Promise<void> => {
	const {readings, problems} = monitor.getSnapshot();
	try {
		const context = {zone: options.zone, prices: session.prices, readings, problems};
		say({
			kind: 'exported',
			task,
			paths: await writeSnapshot(await monitor.whole(report), context, options.exportFolder, screenshot),
		});
	} catch (error) {
		say({kind: 'not-exported', task, message: error instanceof Error ? error.message : String(error)});
	}
};

const stop = async (): Promise<void> => {
	const stopped = running;
	running = undefined;
	try {
		await stopped?.monitor.stop();
		stopped?.session.store.close();
	} finally {
		// Ends anything that still runs, and saves compiled code.
		process.exit();
	}
};

const obey = (message: ToEngine): void => {
	if (!running) {
		return;
	}
	if (message.kind === 'export') {
		void exportReport(running, message);
	} else if (message.kind === 'mark') {
		marked.push(message.mark);
	} else if (message.kind === 'stop') {
		stop().catch(fail);
	} else if (message.kind !== 'open') {
		const {monitor} = running;
		answer(running, message).catch(error => recover(error, monitor));
	}
};

const start = async (): Promise<void> => {
	try {
		running = await open();
		parentPort?.on('message', obey);
		say({
			kind: 'opened',
			title: titleOf(running.session),
			lookedAt: running.session.lookedAt,
			snapshot: running.monitor.getSnapshot(),
		});
		begin(running);
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}
		say({kind: 'refused', message: error.message, exitCode: error.exitCode});
	}
};

parentPort?.once('message', (message: ToEngine) => {
	if (message.kind === 'open') {
		({options} = message);
		start().catch(fail);
	}
});

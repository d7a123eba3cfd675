import type {Log} from '../../log.js';
import {LogSink} from '../log-sink.js';
import type {Source, SourceSink} from '../source.js';
import {Command} from './command.js';
import {readStream} from './stream-reading.js';

/** When a command that ended is started again, in milliseconds; all of it has defaults. */
type BackOff = {
	/** After its first end: 500. Twice that after the next, and so on. */
	readonly first: number;
	/** At most: 30,000. */
	readonly longest: number;
	/** It begins anew once a run has delivered for so long: 60,000. */
	readonly recovered: number;
};

const usual: BackOff = {first: 500, longest: 30_000, recovered: 60_000};

/** What a shell command prints. While it is followed, it is started again whenever it ends. */
class ExecSource implements Source {
	readonly name: string;
	readonly log: Log;
	readonly progress = {done: 0, total: 0};
	#command: Command | undefined;
	#size = 0;

	constructor(
		private readonly command: string,
		private readonly backOff: BackOff,
	) {
		this.name = command;
		this.log = {id: `exec:${command}`, name: command};
	}

	/** A command prints what it likes: there is nothing to go on from. */
	positionOf(): undefined {
		return undefined;
	}

	async read(sink: SourceSink): Promise<void> {
		await this.#run(new LogSink(this.log, sink)).ended;
	}

	async follow(sink: SourceSink): Promise<() => Promise<void>> {
		const logSink = new LogSink(this.log, sink);
		let stopped = false;
		let timer: NodeJS.Timeout | undefined;
		let wait = this.backOff.first;
		const start = () => {
			const run = this.#run(logSink);
			void run.ended.then(() => {
				if (stopped) {
					return;
				}

				wait = run.delivered() >= this.backOff.recovered ? this.backOff.first : wait;
				timer = setTimeout(start, wait);
				wait = Math.min(this.backOff.longest, 2 * wait);
			});
			return run;
		};
		const {ended, settled} = start();
		await Promise.race([ended, settled]);
		return async () => {
			stopped = true;
			clearTimeout(timer);
			await this.#command?.stop();
		};
	}

	#run(logSink: LogSink) {
		const command = new Command(this.command);
		this.#command = command;
		const reading = readStream(command.output, logSink, this.#size);
		let began: number | undefined;
		command.output.once('data', () => {
			began = Date.now();
		});
		const ended = Promise.all([command.ended, reading.ended]).then(([{failure, lastWords}]) => {
			this.#size = reading.size();
			if (failure !== undefined) {
				logSink.problem('command-failed', `ended with ${failure}${lastWords === '' ? '' : ` (${lastWords})`}`);
			}
		});
		/** Milliseconds since its first bytes; 0 where none came. */
		const delivered = () => (began === undefined ? 0 : Date.now() - began);
		return {ended, settled: reading.settled, delivered};
	}
}

/**
 * A source that is what a command prints on standard output, run by `/bin/sh`: `ssh web1 tail -n +1 -F worker.log`,
 * `docker logs -f worker`. The command and its children end with this process.
 */
export const execSource = (command: string, backOff: Partial<BackOff> = {}): Source =>
	new ExecSource(command, {...usual, ...backOff});

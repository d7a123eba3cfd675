import type {Log} from '../../log.js';
import {monotonic} from '../../time/monotonic.js';
import {LogSink} from '../log-sink.js';
import type {Source, SourceSink} from '../source.js';
import {Command} from './command.js';
import {readStream} from './stream-reading.js';

/** When a command that ended is restarted, in milliseconds; all are optional. */
type BackOff = {
	/** After its first end, and doubled each time. Default: 500. */
	readonly first: number;
	/** Maximum. Default: 30,000. */
	readonly longest: number;
	/** Starts over after a run has delivered output for this long. Default: 60,000. */
	readonly recovered: number;
};

const usual: BackOff = {first: 500, longest: 30_000, recovered: 60_000};

/** The output of a shell command, which is restarted whenever it ends while it is followed. */
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

	/** The output of a command cannot be continued. */
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
			began = monotonic();
		});
		const ended = Promise.all([command.ended, reading.ended]).then(([{failure, lastWords}]) => {
			this.#size = reading.size();
			if (failure !== undefined) {
				logSink.problem('command-failed', `ended with ${failure}${lastWords === '' ? '' : ` (${lastWords})`}`);
			}
		});
		/** Milliseconds since its first output; 0 if there was none. */
		const delivered = () => (began === undefined ? 0 : monotonic() - began);
		return {ended, settled: reading.settled, delivered};
	}
}

/**
 * A source for the standard output of a command, run by `/bin/sh`: `ssh web1 tail -n +1 -F worker.log`, `docker logs -f
 * worker`. The command and its children end with this process.
 */
export const execSource = (command: string, backOff: Partial<BackOff> = {}): Source =>
	new ExecSource(command, {...usual, ...backOff});

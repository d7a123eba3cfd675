import type {ChildProcess} from 'node:child_process';
import process from 'node:process';
import type {Readable, Writable} from 'node:stream';

/** Milliseconds between asking a command to end and killing it. */
const grace = 2000;

/** Maximum bytes kept of the error output, enough for its last line. */
const kept = 2048;

/** Maximum characters of that line in messages. */
const toldLength = 300;

/*
 * A guard process waits for the end of a pipe whose other end is ours. When we end, for whatever reason (even `kill
 * -9`), the system closes that end, and the guard kills the process group, including itself.
 */
const guarded = `(trap '' TERM; read _ <&3; kill -TERM 0; sleep ${grace / 1000}; kill -KILL 0) </dev/null >/dev/null 2>&1 &
exec 3<&-
exec /bin/sh -c "$1"`;

/** How a command ended. */
type CommandEnd = {
	/** Worded for people: `exit code 1`; undefined if it succeeded or was asked to end. */
	readonly failure: string | undefined;
	/** The last line of its error output; empty if there is none. */
	readonly lastWords: string;
};

/** A shell command in a process group of its own, which ends with us. */
export class Command {
	readonly output: Readable;
	/** Never rejects. */
	readonly ended: Promise<CommandEnd>;
	readonly #child: ChildProcess;
	#errors = '';
	#stopped = false;

	constructor(command: string) {
		const {spawn} = process.getBuiltinModule('node:child_process');
		const child = spawn('/bin/sh', ['-c', guarded, 'sh', command], {
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
			// Our secrets are none of its business.
			env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('HITRATE_'))),
		});
		this.#child = child;
		this.output = child.stdout as Readable;
		child.stderr?.on('data', (bytes: Buffer) => {
			this.#errors = (this.#errors + bytes.toString()).slice(-kept);
		});
		this.#lifeline.on('error', () => undefined);
		this.ended = new Promise(resolve => {
			child.once('error', error => resolve({failure: error.message, lastWords: ''}));
			child.once('exit', (code, signal) => {
				// What it left running in the background ends with it.
				this.#lifeline.destroy();
				const failure = signal === null ? `exit code ${code}` : `signal ${signal}`;
				// The rest of its error output may still be in transit.
				const resolveNow = () =>
					resolve({failure: this.#stopped || code === 0 ? undefined : failure, lastWords: this.#lastWords()});
				child.stderr?.once('close', resolveNow);
				// Keeps the process alive: the stream may have closed already.
				setTimeout(resolveNow, 100);
			});
		});
	}

	/** Ends the command and its children: asks first, then kills. Resolves when it has ended. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.output.destroy();
		this.#lifeline.destroy();
		const timer = setTimeout(() => this.#kill(), 2 * grace);
		await this.ended;
		clearTimeout(timer);
	}

	get #lifeline(): Writable {
		return this.#child.stdio[3] as Writable;
	}

	#kill(): void {
		try {
			process.kill(-(this.#child.pid ?? Number.NaN), 'SIGKILL');
		} catch {
			// It has just ended.
		}
	}

	#lastWords(): string {
		const lines = this.#errors.split(/[\r\n]+/).filter(line => line.trim() !== '');
		return (lines.at(-1) ?? '').trim().slice(0, toldLength);
	}
}

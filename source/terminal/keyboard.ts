import {EventEmitter} from 'node:events';
import {StringDecoder} from 'node:string_decoder';
import {type Held, KeyReader} from './key-reader.js';
import {isMouseReport, mouseAction} from './mouse.js';

/** The part of a terminal's input stream that the keyboard needs; `process.stdin` provides it. */
type TerminalInput = {
	readonly isTTY?: boolean | undefined;
	setRawMode?: ((on: boolean) => unknown) | undefined;
	ref?: (() => unknown) | undefined;
	unref?: (() => unknown) | undefined;
	resume(): unknown;
	pause(): unknown;
	on(event: 'data', listener: (data: string | Uint8Array) => void): unknown;
	on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
};

type KeyboardOptions = {
	/** Milliseconds after which a single ESC is the Escape key. */
	readonly escapeDelay?: number;
	/** Milliseconds after which an incomplete sequence is dropped. */
	readonly sequenceDelay?: number;
	/** Milliseconds of silence after which a paste has ended. */
	readonly pasteDelay?: number;
};

/**
 * The stdin for Ink: delivers one complete, known key at a time. Ctrl-C, Ctrl-Z and the like are control characters; a
 * paste is one key.
 *
 * Events: `readable`, `mouse` with a `MouseAction`, and `gone` once when the terminal has vanished.
 */
export class Keyboard extends EventEmitter {
	/** Ink refuses keys without it; without a terminal none arrive. */
	readonly isTTY = true;
	readonly #input: TerminalInput;
	readonly #delays: Readonly<Record<Held, number>>;
	readonly #decoder = new StringDecoder('utf8');
	readonly #reader = new KeyReader();
	#keys: string[] = [];
	#timer: NodeJS.Timeout | undefined;
	#listens = false;
	#raw = false;
	#gone = false;
	#afterEscape = false;

	constructor(input: TerminalInput, {escapeDelay = 40, sequenceDelay = 400, pasteDelay = 1000}: KeyboardOptions = {}) {
		super();
		this.#input = input;
		this.#delays = {
			escape: escapeDelay,
			sequence: sequenceDelay,
			paste: pasteDelay,
		};
	}

	/** The next key, or null if there is none. */
	read(): string | null {
		if (this.#afterEscape) {
			return null;
		}
		const key = this.#keys.shift() ?? null;
		if (key === '\u001B') {
			this.#afterEscape = true;
			// Ink holds an ESC until the next turn of the event loop and would join it to the following key.
			setImmediate(() =>
				setImmediate(() => {
					this.#afterEscape = false;
					this.#announce();
				}),
			);
		}
		return key;
	}

	/** Starts or stops listening to the terminal. */
	setRawMode(on: boolean): this {
		this.#raw = on;
		if (on) {
			this.#listen();
			this.resume();
		} else {
			this.#release();
		}
		return this;
	}

	/** Returns the terminal to another program; incomplete input is dropped. */
	pause(): this {
		if (this.#raw) {
			this.#release();
		}
		return this;
	}

	/** Takes the terminal again if it was listened to. */
	resume(): this {
		if (this.#raw && !this.#gone) {
			this.#input.setRawMode?.(true);
			this.#input.resume();
			setImmediate(() => this.#announce());
		}
		return this;
	}

	/** No effect, since keys are strings already. */
	setEncoding(): this {
		return this;
	}

	ref(): this {
		this.#input.ref?.();
		return this;
	}

	unref(): this {
		this.#input.unref?.();
		return this;
	}

	/** Delayed until the first key is wanted, because listening starts the stream. */
	#listen(): void {
		if (this.#listens) {
			return;
		}
		this.#listens = true;
		this.#input.on('data', data =>
			this.#feed(typeof data === 'string' ? data : this.#decoder.write(Buffer.from(data))),
		);
		for (const event of ['end', 'close', 'error'] as const) {
			this.#input.on(event, () => this.#vanish());
		}
	}

	#release(): void {
		clearTimeout(this.#timer);
		this.#reader.expire();
		if (!this.#gone) {
			this.#input.setRawMode?.(false);
		}
		this.#input.pause();
	}

	/** If the input never was a terminal (`< /dev/null`), its end says nothing about the screen. */
	#vanish(): void {
		if (!this.#gone && this.#input.isTTY) {
			this.#gone = true;
			clearTimeout(this.#timer);
			this.emit('gone');
		}
	}

	#feed(text: string): void {
		clearTimeout(this.#timer);
		this.#push(this.#reader.feed(text));
		const {held} = this.#reader;
		if (held !== undefined) {
			this.#timer = setTimeout(() => this.#push(this.#reader.expire()), this.#delays[held]);
		}
	}

	#push(keys: readonly string[]): void {
		for (const report of keys.filter(isMouseReport)) {
			const action = mouseAction(report);
			if (action) {
				this.emit('mouse', action);
			}
		}
		this.#keys = [...this.#keys, ...keys.filter(key => !isMouseReport(key))];
		this.#announce();
	}

	#announce(): void {
		if (this.#keys.length > 0) {
			this.emit('readable');
		}
	}
}

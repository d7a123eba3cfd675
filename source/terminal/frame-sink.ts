import {EventEmitter} from 'node:events';
import {monotonic} from '../time/monotonic.js';
import {type Cell, cropCells, parseCells} from './cells.js';
import {drawRow} from './draw-row.js';
import {mouseOff, mouseOn} from './mouse.js';
import {Pen} from './pen.js';

/** The part of a terminal's output stream that the sink needs; `process.stdout` provides it. */
type TerminalOutput = {
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	write(data: string, callback?: () => void): boolean;
	on(event: 'resize' | 'drain' | 'error', listener: () => void): unknown;
};

/** Totals for frames; entering and leaving the screen are not counted. */
type SinkStats = {
	readonly frames: number;
	/** UTF-8 bytes. */
	readonly bytes: number;
};

/** Alternate screen, hidden cursor, no wrapping, bracketed paste, cleared with the default style. */
const enterScreen = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[m\u001B[H\u001B[J';
const leaveScreen = '\u001B[m\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const eraseScreen = '\u001B[H\u001B[J';
/**
 * https://github.com/contour-terminal/vt-extensions/blob/master/synchronized-output.md; ignored by terminals that do
 * not support it.
 */
const beginSynchronized = '\u001B[?2026h';
const endSynchronized = '\u001B[?2026l';
/** Frames up to this size reach the terminal in one read, so they cannot be seen half drawn. */
const unsynchronizedBytes = 160;
/** Ink also writes cursor visibility and protocol switches to the stream of frames. */
const modeSwitches = /^(?:\u001B\[[?<>=][\d;]*[A-Za-z])*\n?$/;

/**
 * The stdout for Ink with `debug: true`, which writes whole frames. Shows the newest frame at most `maxFps` times per
 * second, sending the terminal only the differences.
 *
 * Events: `resize`, and `gone` once when the terminal can no longer be written to.
 */
export class FrameSink extends EventEmitter {
	readonly isTTY = true;
	readonly #output: TerminalOutput;
	readonly #interval: number;
	readonly #mouse: boolean;
	#active = false;
	#gone = false;
	#full = false;
	/** True if the content of the terminal is unknown: the next frame is drawn completely. */
	#stale = true;
	#wanted: string | undefined;
	#lines: readonly string[] = [];
	#cells: ReadonlyArray<readonly Cell[]> = [];
	#timer: NodeJS.Timeout | undefined;
	#flushedAt = Number.NEGATIVE_INFINITY;
	#stats: SinkStats = {frames: 0, bytes: 0};

	constructor(
		output: TerminalOutput,
		{maxFps = 12, mouse = false}: {readonly maxFps?: number; readonly mouse?: boolean} = {},
	) {
		super();
		this.#output = output;
		this.#interval = 1000 / maxFps;
		this.#mouse = mouse;
		output.on('resize', () => {
			this.#stale = true;
			this.emit('resize');
			this.#schedule();
		});
		output.on('drain', () => {
			if (this.#full) {
				this.#full = false;
				this.flush();
			}
		});
		output.on('error', () => {
			if (!this.#gone) {
				this.#gone = true;
				this.#cancel();
				this.emit('gone');
			}
		});
	}

	get columns(): number {
		return this.#output.columns || 80;
	}

	get rows(): number {
		return this.#output.rows || 24;
	}

	get stats(): SinkStats {
		return this.#stats;
	}

	/** Takes over the screen; no effect if it is taken already. */
	enter(): void {
		if (this.#active || this.#gone) {
			return;
		}
		this.#active = true;
		this.#stale = true;
		this.#output.write(this.#mouse ? enterScreen + mouseOn : enterScreen);
		this.#schedule();
	}

	/**
	 * Restores the screen, scrollback included; no effect if it is not taken.
	 * @param done called when the terminal has received everything; at once if there is nothing to send
	 */
	leave(done?: () => void): void {
		this.#cancel();
		if (this.#active && !this.#gone) {
			this.#active = false;
			this.#output.write(this.#mouse ? mouseOff + leaveScreen : leaveScreen, done);
		} else {
			done?.();
		}
	}

	/** Accepts a whole frame, with lines separated by line feeds; what does not fit the screen is cut. */
	write(frame: string | Uint8Array, ...rest: readonly unknown[]): boolean {
		if (typeof frame === 'string' && !modeSwitches.test(frame)) {
			this.#wanted = frame;
			this.#schedule();
		}
		const callback = rest.at(-1);
		if (typeof callback === 'function') {
			queueMicrotask(() => callback());
		}
		return true;
	}

	/**
	 * Copies a text to the clipboard of the user's machine, also over SSH (OSC 52). Terminals that do not support or
	 * allow it ignore it.
	 */
	copy(text: string): void {
		if (this.#active && !this.#gone) {
			this.#output.write(`\u001B]52;c;${Buffer.from(text).toString('base64')}\u0007`);
		}
	}

	/** Draws everything again, whatever the terminal shows (Ctrl-L, return from the shell). */
	redraw(): void {
		this.#stale = true;
		this.flush();
	}

	/** Shows the newest frame now or, if the stream is still busy with the last one, as soon as possible. */
	flush(): void {
		this.#cancel();
		if (!this.#active || this.#full || this.#gone || this.#wanted === undefined) {
			return;
		}
		const now = monotonic();
		const data = this.#draw(this.#wanted.split('\n').slice(0, this.rows));
		if (data === '') {
			return;
		}
		this.#flushedAt = now;
		const bytes = Buffer.byteLength(data);
		this.#stats = {
			frames: this.#stats.frames + 1,
			bytes: this.#stats.bytes + bytes,
		};
		this.#full = !this.#output.write(data);
	}

	/** The lines shown last, with their SGR sequences. */
	snapshotLines(): readonly string[] {
		return this.#lines;
	}

	#draw(lines: readonly string[]): string {
		const {columns, rows} = this;
		const pen = new Pen(columns);
		const before = this.#stale ? [] : this.#cells;
		const cells = Array.from({length: rows}, (_, row) => {
			const line = lines[row] ?? '';
			const shown = before[row] ?? [];
			if (!this.#stale && line === (this.#lines[row] ?? '')) {
				return shown;
			}
			const wanted = cropCells(parseCells(line), columns);
			drawRow(pen, row, columns, shown, wanted);
			return wanted;
		});
		const data = (this.#stale ? eraseScreen : '') + pen.finish();
		this.#lines = lines;
		this.#cells = cells;
		this.#stale = false;
		return Buffer.byteLength(data) <= unsynchronizedBytes ? data : beginSynchronized + data + endSynchronized;
	}

	/** Even the first frame waits for the end of the tick, because one key often makes Ink draw several. */
	#schedule(): void {
		if (this.#active && !this.#gone) {
			this.#timer ??= setTimeout(() => this.flush(), Math.max(0, this.#flushedAt + this.#interval - monotonic()));
		}
	}

	#cancel(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}
}

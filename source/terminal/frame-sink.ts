import {EventEmitter} from 'node:events';
import {monotonic} from '../time/monotonic.js';
import {type Cell, cropCells, parseCells} from './cells.js';
import {drawRow} from './draw-row.js';
import {mouseOff, mouseOn} from './mouse.js';
import {Pen} from './pen.js';

/** What the sink needs of the terminal's stream; `process.stdout` is one. */
type TerminalOutput = {
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	write(data: string, callback?: () => void): boolean;
	on(event: 'resize' | 'drain' | 'error', listener: () => void): unknown;
};

/** What was sent for frames so far; entering and leaving the screen are not counted. */
type SinkStats = {
	readonly frames: number;
	/** UTF-8. */
	readonly bytes: number;
};

/** Alternate screen, no cursor, no wrapping at the right edge, pastes in brackets, all blank in the default look. */
const enterScreen = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[?2004h\u001B[m\u001B[H\u001B[J';
const leaveScreen = '\u001B[m\u001B[?2004l\u001B[?7h\u001B[?25h\u001B[?1049l';
const eraseScreen = '\u001B[H\u001B[J';
/** https://github.com/contour-terminal/vt-extensions/blob/master/synchronized-output.md; unknown to a terminal, it does nothing. */
const beginSynchronized = '\u001B[?2026h';
const endSynchronized = '\u001B[?2026l';
/** Up to here a frame reaches the terminal in one read, so it cannot be seen half drawn. */
const unsynchronizedBytes = 160;
/** Ink sends the cursor's visibility and protocol switches the way of the frames. */
const modeSwitches = /^(?:\u001B\[[?<>=][\d;]*[A-Za-z])*\n?$/;

/**
 * The stdout that Ink sees with `debug: true`, which hands over whole frames: shows the newest one, at most `maxFps`
 * times a second, by sending the terminal only what differs.
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
	/** True if it is not known what the terminal shows: the next frame is drawn whole. */
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

	/** Takes the screen over. Does nothing if it is already taken. */
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
	 * Gives the screen back as it was, scrollback included. Does nothing if it is not taken.
	 * @param done called when the terminal has all of it; at once where there is nothing to send
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

	/** Takes a whole frame, lines separated by `\n`; what does not fit the screen is cut. */
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
	 * Puts a text into the clipboard of the terminal's own machine, also over SSH (OSC 52). Terminals that do not know
	 * it, or do not allow it, do nothing.
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

	/** Shows the newest frame now. Where the line is still busy with the last one, as soon as it is free. */
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

	/** The lines last shown, with their SGR sequences. */
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

	/** Even the first frame waits for the end of the tick: one key often makes Ink draw several. */
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

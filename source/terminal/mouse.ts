/** A mouse action on a cell of the screen, counted from 0. */
export type MouseAction =
	| {readonly kind: 'press'; readonly column: number; readonly row: number}
	/** @property direction -1 up, 1 down */
	| {readonly kind: 'wheel'; readonly direction: -1 | 1; readonly column: number; readonly row: number};

/** Enables reports of buttons and the wheel (1000) as text (1006): xterm's ctlseqs. Movements are not reported. */
export const mouseOn = '\u001B[?1000h\u001B[?1006h';
/** Disables what `mouseOn` enabled. */
export const mouseOff = '\u001B[?1006l\u001B[?1000l';

const report = /^\u001B\[<(\d{1,5});(\d{1,5});(\d{1,5})([Mm])$/;

/** True for any mouse report, even one that is not used. */
export const isMouseReport = (sequence: string): boolean => report.test(sequence);

const modifiers = {shift: 4, alt: 8, ctrl: 16, motion: 32} as const;
const anyModifier = modifiers.shift | modifiers.alt | modifiers.ctrl | modifiers.motion;
const wheelUp = 64;
const wheelDown = 65;

/**
 * Undefined for releases, other buttons, and modifiers that the terminal uses itself, such as Shift for selecting text.
 */
export const mouseAction = (sequence: string): MouseAction | undefined => {
	const [, code, x, y, end] = report.exec(sequence) ?? [];
	const button = Number(code);
	if (code === undefined || end === 'm' || (button & anyModifier) !== 0) {
		return undefined;
	}
	const at = {column: Number(x) - 1, row: Number(y) - 1};
	switch (button) {
		case 0:
			return {kind: 'press', ...at};
		case wheelUp:
			return {kind: 'wheel', direction: -1, ...at};
		case wheelDown:
			return {kind: 'wheel', direction: 1, ...at};
		default:
			return undefined;
	}
};

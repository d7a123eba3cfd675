import {sanitize} from '../text/sanitize.js';

type File = {readonly dev: number; readonly ino: number};

/** True if a file descriptor writes to systemd's journal, which adds times itself. */
export const isJournal = (env: Readonly<Record<string, string | undefined>>, {dev, ino}: File): boolean =>
	env.JOURNAL_STREAM === `${dev}:${ino}`;

type LogOptions = {
	readonly write: (text: string) => void;
	/** True if lines start with their time. */
	readonly timed: boolean;
	/** Epoch milliseconds. */
	readonly now: () => number;
};

/** Milliseconds within which a line is not repeated, such as that of a channel that fails every minute. */
const repeatAfter = 3_600_000;
const mostRemembered = 200;

/** The log of a service: lines, none of them repeated within `repeatAfter`. */
export const logTo = ({write, timed, now}: LogOptions): ((line: string) => void) => {
	const said = new Map<string, number>();
	return line => {
		const time = now();
		const before = said.get(line);
		if (before !== undefined && time >= before && time - before < repeatAfter) {
			return;
		}
		said.delete(line);
		said.set(line, time);
		for (const oldest of said.keys()) {
			if (said.size <= mostRemembered) {
				break;
			}
			said.delete(oldest);
		}
		write(`${timed ? `${new Date(time).toISOString()} ` : ''}hitrate: ${sanitize(line)}\n`);
	};
};

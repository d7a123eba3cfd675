/** Text that some other writer put before a log line. */
export type Prefix = {
	/** What follows the prefix. */
	readonly text: string;
	/** The time in the prefix, or the empty text. */
	readonly stamp: string;
	/** Tells processes apart that share a file. */
	readonly stream: string;
	/** The line goes on in the next one of the same stream. */
	readonly partial: boolean;
};

const stamp = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`;

/** Tried in this order: the specific ones first. Named groups: stamp, stream, part. Each is anchored and bounded. */
const prefixes: readonly RegExp[] = [
	// CRI (containerd, cri-o): `2025-10-20T08:15:30.125318377Z stdout F LINE`
	new RegExp(`^(?<stamp>${stamp}) (?<stream>stdout|stderr) (?<part>[FP])(?::[^ ]{1,40})? ?`),
	// kubectl logs --prefix: `[pod/NAME/CONTAINER] LINE`
	/^\[(?<stream>pod\/[^\]\s]{1,300})\] /,
	// journalctl -o short-iso: `2025-10-20T08:15:30+0000 host ident[pid]: LINE`
	new RegExp(`^(?<stamp>${stamp}) (?<stream>[\\w.-]{1,255} [^\\s:[\\]]{1,255}(?:\\[\\d{1,10}\\])?): `),
	// journalctl -o short: `Oct 20 08:15:30 host ident[pid]: LINE` (no year, so its time is of no use)
	/^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? (?<stream>[\w.-]{1,255} [^\s:[\]]{1,255}(?:\[\d{1,10}\])?): /,
	// pm2 logs: `0|worker   | LINE`
	/^(?<stream>\d{1,6}\|[\w.@/-]{1,100}) {0,100}\| /,
	// docker compose logs: `worker-1  | LINE`
	/^(?<stream>[\w.-]{1,200}?) {0,100}\| /,
	// PM2 --time: `2026-11-23T01:07:38: LINE`
	new RegExp(`^(?<stamp>${stamp}): `),
	// Collectors: a time, up to three words, then a rendered event
	new RegExp(`^(?<stamp>${stamp})(?<stream>(?: [^\\s"'{]{1,200}){0,3}) (?=\\{"|${stamp} |\\d{4}-)`),
];

/** Takes the outermost known prefix off a line; undefined where it has none. */
export const stripPrefix = (line: string): Prefix | undefined => {
	for (const pattern of prefixes) {
		const match = pattern.exec(line);
		if (match) {
			const {stamp: time, stream, part} = match.groups ?? {};
			return {
				text: line.slice(match[0].length),
				stamp: time ?? '',
				stream: stream ?? '',
				partial: part === 'P',
			};
		}
	}
	return undefined;
};

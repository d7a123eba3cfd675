import {isLiteLlmProxy, type Mentions, mentionsIn} from './mentions.js';

/** The kinds of lines in a log, judged from a sample of its bytes: enough to tell the user what log it is. */
export type LineKinds = {
	readonly lines: number;
	/** Access log lines of a web server: `INFO:     1.2.3.4:51234 - "GET / HTTP/1.1" 200 OK`. */
	readonly web: number;
	/** Lines of AgentPress's structured logger, in any rendering. */
	readonly structured: number;
	/** Lines of the worker's job queue. */
	readonly worker: number;
	/** Python tracebacks. */
	readonly tracebacks: number;
	/** The lowest level seen; the log may omit lower ones. */
	readonly lowestLevel: 'debug' | 'info' | 'warning' | 'error' | undefined;
	/** Token counts that the sample mentions; undefined if there are none. */
	readonly mentions: Mentions | undefined;
	/** True for a LiteLLM proxy's own log. */
	readonly liteLlmProxy: boolean;
};

const levels = ['debug', 'info', 'warning', 'error'] as const;
const longestLine = 2000;

/** Classifies a sample, whose first and last line may be incomplete. */
export const kindsOf = (sample: Buffer): LineKinds => {
	let web = 0;
	let structured = 0;
	let worker = 0;
	let tracebacks = 0;
	let lowest: number = levels.length;
	const lines = sample.toString('utf8').split('\n');
	for (const whole of lines) {
		const line = whole.slice(0, longestLine);
		if (/"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^"]{1,500} HTTP\/[\d.]+" \d{3}/.test(line)) {
			web++;
		}
		if (/\[dramatiq\.|dramatiq\.worker|celery/.test(line)) {
			worker++;
		}
		if (line.includes('Traceback (most recent call last)')) {
			tracebacks++;
		}
		const level =
			/\[(?:\u001B\[\d+m)*(debug|info|warning|error) *(?:\u001B\[\d+m)*\]/.exec(line)?.[1] ??
			/"level\\?": \\?"(debug|info|warning|error)/.exec(line)?.[1];
		if (level !== undefined) {
			structured++;
			lowest = Math.min(lowest, levels.indexOf(level as (typeof levels)[number]));
		}
	}
	return {
		lines: lines.length,
		web,
		structured,
		worker,
		tracebacks,
		lowestLevel: levels[lowest],
		mentions: mentionsIn(lines),
		liteLlmProxy: isLiteLlmProxy(lines),
	};
};

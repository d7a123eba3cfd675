import {isLiteLlmProxy, type Mentions, mentionsIn} from './mentions.js';

/** What a sample of a log's bytes tells: enough to say why it has no requests. */
export type LineKinds = {
	/** The lowest level of AgentPress's structured logger that was seen; the log may omit lower ones. */
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
	let lowest: number = levels.length;
	const lines = sample.toString('utf8').split('\n');
	for (const whole of lines) {
		const line = whole.slice(0, longestLine);
		const level =
			/\[(?:\u001B\[\d+m)*(debug|info|warning|error) *(?:\u001B\[\d+m)*\]/.exec(line)?.[1] ??
			/"level\\?": \\?"(debug|info|warning|error)/.exec(line)?.[1];
		if (level !== undefined) {
			lowest = Math.min(lowest, levels.indexOf(level as (typeof levels)[number]));
		}
	}
	return {lowestLevel: levels[lowest], mentions: mentionsIn(lines), liteLlmProxy: isLiteLlmProxy(lines)};
};

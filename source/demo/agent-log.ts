import {createRandom, type Random} from './random.js';

const minute = 60_000;

/** A session with a coding agent. */
type Session = {
	readonly id: string;
	readonly project: string;
	/** Start and end, in minutes before the end of the log. */
	readonly from: number;
	readonly to: number;
	/** Number of requests between reconnects of a tool server, each of which changes the order of its tools. */
	readonly reconnects: number;
};

const sessions: readonly Session[] = [
	{id: '5d0c7f1a-shop-1', project: '/home/ada/shop', from: 230, to: 150, reconnects: 19},
	{id: '8a41b6e2-shop-2', project: '/home/ada/shop', from: 118, to: 4, reconnects: 21},
	{id: 'c97e03d8-docs-1', project: '/home/ada/docs', from: 95, to: 9, reconnects: 0},
];

/** Tokens before the conversation: the system prompt, then the tools. */
const systemTokens = 4_812;
const toolTokens = 13_460;
const model = 'claude-sonnet-4-5-20250929';

type Line = {readonly time: number; readonly text: string};

/**
 * The transcript of a few sessions with a coding agent in two projects, up to `now`; the same seed gives the same
 * lines. One project loses its cache whenever `/mcp` changes the order of the tools.
 */
export const agentTranscript = (now: number, seed: number): string =>
	sessions
		.flatMap((session, index) => linesOf(session, now, createRandom(seed + index)))
		.sort((one, other) => one.time - other.time)
		.map(({text}) => `${text}\n`)
		.join('');

const linesOf = (session: Session, now: number, random: Random): readonly Line[] => {
	const lines: Line[] = [];
	const write = (time: number, type: string, parts: object) => {
		const stamp = {uuid: random.uuid(), timestamp: new Date(time).toISOString()};
		const around = {parentUuid: null, isSidechain: false, cwd: session.project, sessionId: session.id};
		lines.push({
			time,
			text: JSON.stringify({...around, version: '2.1.272', gitBranch: 'main', type, ...parts, ...stamp}),
		});
	};
	let held = 0;
	let count = 0;
	for (let time = now - session.from * minute; time < now - session.to * minute; count++) {
		const isReconnected = session.reconnects > 0 && count % session.reconnects === session.reconnects - 1;
		if (isReconnected) {
			write(time, 'user', userMessage('<command-name>/mcp</command-name>'));
		} else if (count % 5 === 0) {
			write(time + 1_000, 'user', userMessage('Go on with the next step.'));
		} else {
			write(time + 1_000, 'user', userMessage([{type: 'tool_result', tool_use_id: 'toolu_demo', content: 'done'}]));
		}
		const growth = 150 + Math.round(random.exponential(600));
		const read = isReconnected ? systemTokens : held;
		const whole = (held === 0 ? systemTokens + toolTokens : held) + growth;
		time += random.integer(6, 20) * 1_000;
		write(time, 'assistant', answer(random, read, whole - read));
		held = whole;
		time += random.integer(25, 110) * 1_000;
	}
	return lines;
};

const userMessage = (content: unknown) => ({message: {role: 'user', content}});

const answer = (random: Random, read: number, written: number) => ({
	message: {
		id: `msg_${random.uuid()}`,
		model,
		role: 'assistant',
		content: [],
		usage: {
			input_tokens: 6,
			cache_read_input_tokens: read,
			cache_creation_input_tokens: written,
			cache_creation: {ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: written},
			output_tokens: 40 + Math.round(random.exponential(350)),
		},
	},
});

import {existsSync, mkdirSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createRandom} from '../../source/demo/random.js';

const sessionMegabytes = 2;
const models = ['claude-opus-4-5-20251101', 'claude-sonnet-4-5-20250929', 'claude-haiku-4-5-20251001'];

/** Text of about so many bytes, as tools return it: it quotes, escapes and holds the words that are looked for. */
const toolResult = (bytes: number): string =>
	'const usage = {"input_tokens": 5};\n\t// "usage" of a cache: naïve, but «fine»\n'.repeat(Math.ceil(bytes / 75));

/** One session of a coding agent: prompts, answers of one to three lines, results of tools of some KB. */
const session = (number: number): string => {
	const random = createRandom(number + 1);
	const name = `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
	const lines: string[] = [];
	let bytes = 0;
	let cached = 0;
	let time = Date.UTC(2026, 0, 5) + number * 3_600_000;
	const say = (line: object) => {
		const text = JSON.stringify({
			parentUuid: `${name}-${lines.length - 1}`,
			isSidechain: false,
			userType: 'external',
			cwd: '/home/someone/project',
			sessionId: name,
			version: '2.1.38',
			gitBranch: 'main',
			...line,
			uuid: `${name}-${lines.length}`,
			timestamp: new Date(time).toISOString(),
		});
		lines.push(text);
		bytes += text.length;
	};
	for (let turn = 0; bytes < sessionMegabytes * 1e6; turn++) {
		time += 20_000;
		const content = toolResult(random.next() < 0.1 ? 200_000 : 6000);
		say({
			type: 'user',
			message: {role: 'user', content: [{tool_use_id: `toolu_${turn}`, type: 'tool_result', content}]},
			toolUseResult: {stdout: content.slice(0, 2000)},
		});
		const written = 1500 + Math.floor(random.next() * 4000);
		const read = random.next() < 0.05 ? 0 : cached;
		cached = read + written;
		const message = {
			model: models[number % models.length],
			id: `msg_${number}_${turn}`,
			type: 'message',
			role: 'assistant',
		};
		const parts = 1 + Math.floor(random.next() * 3);
		for (let part = 0; part < parts; part++) {
			time += 900;
			say({
				message: {
					...message,
					content: [{type: 'text', text: 'I will look at the file and mend what is wrong with it. '.repeat(8)}],
					stop_reason: null,
					stop_sequence: null,
					usage: {
						input_tokens: 3,
						cache_creation_input_tokens: written,
						cache_read_input_tokens: read,
						cache_creation: {ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: 0},
						output_tokens: 10 + part * 100,
						service_tier: 'standard',
					},
				},
				requestId: `req_${number}_${turn}`,
				type: 'assistant',
			});
		}
	}
	return `${lines.join('\n')}\n`;
};

/** A configuration folder of Claude Code with so many megabytes of transcripts, made once and kept. */
export const benchTranscripts = (megabytes: number): string => {
	const folder = join(tmpdir(), 'hitrate-bench', `claude-${megabytes}`);
	if (!existsSync(folder)) {
		const projects = join(`${folder}.part`, 'projects', '-home-someone-project');
		mkdirSync(projects, {recursive: true});
		let written = 0;
		for (let number = 0; written < megabytes * 1e6; number++) {
			const path = join(projects, `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}.jsonl`);
			writeFileSync(path, session(number));
			written += statSync(path).size;
		}
		renameSync(`${folder}.part`, folder);
	}
	return folder;
};

/** A session of three answers. */
export const shortTranscript = (number: number): string =>
	[0, 1, 2]
		.map(turn => {
			const id = `${number}_${turn}`;
			return `${JSON.stringify({
				parentUuid: turn === 0 ? null : `line-${number}_${turn - 1}`,
				isSidechain: false,
				userType: 'external',
				type: 'assistant',
				cwd: `/home/someone/project-${number % 50}`,
				sessionId: `session-${number}`,
				version: '2.1.38',
				uuid: `line-${id}`,
				timestamp: new Date(Date.UTC(2026, 0, 5) + number * 60_000 + turn * 20_000).toISOString(),
				requestId: `req_${id}`,
				message: {
					model: models[number % models.length],
					id: `msg_${id}`,
					type: 'message',
					role: 'assistant',
					content: [{type: 'text', text: 'Done.'}],
					usage: {
						input_tokens: 4,
						cache_creation_input_tokens: 3000,
						cache_read_input_tokens: turn * 3000,
						output_tokens: 200,
					},
				},
			})}\n`;
		})
		.join('');

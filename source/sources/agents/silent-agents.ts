import type {AgentPlace} from './places.js';

/** Agents that log no cache counts: the folders that show that they are used, and the reason. */
export const silentAgents: readonly (Pick<AgentPlace, 'agent' | 'homes'> & {readonly reason: string})[] = [
	{
		agent: 'Cursor',
		homes: {
			linux: ['{config}/Cursor/User/workspaceStorage'],
			macos: ['{support}/Cursor/User/workspaceStorage'],
			windows: ['{roaming}/Cursor/User/workspaceStorage'],
		},
		reason: 'its newer versions write 0 for every count',
	},
	{
		agent: 'Aider',
		homes: ['~/.aider'],
		reason: 'the histories in its projects round tokens and give no times',
	},
	{agent: 'Crush', homes: ['{data}/crush'], reason: 'it keeps the last prompt of a session only, without the cache'},
	{agent: 'Mistral Vibe', homes: ['~/.vibe'], reason: 'it keeps no cache figures'},
	{agent: 'Kiro', homes: ['~/.kiro'], reason: 'it keeps credits, not tokens'},
	{agent: 'Codebuff', homes: ['{config}/manicode'], reason: 'it keeps credits, not tokens'},
	{agent: 'Command Code', homes: ['~/.commandcode'], reason: 'it keeps no usage'},
	{agent: 'Antigravity', homes: ['~/.gemini/antigravity'], reason: 'its logs are not readable without its own server'},
];

import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {
	leadsToTranscripts,
	placesInHome,
	placesOf,
	silentAgentsOf,
} from '../../../source/sources/agents/find-places.js';
import type {System} from '../../../source/sources/agents/places.js';
import {temporaryFolder} from '../collect.js';

const home = '/home/me';
const namesOf = (agent: string, env: Record<string, string> = {}, system: System = 'linux') =>
	placesOf({home, env, systems: [system]})
		.filter(place => place.agent === agent)
		.map(({name}) => name);

test.each<[agent: string, env: Record<string, string>, system: System, names: readonly string[]]>([
	['Claude Code', {}, 'linux', ['~/.claude/projects', '~/.config/claude/projects']],
	[
		'Claude Code',
		{XDG_CONFIG_HOME: '/etc/me'},
		'linux',
		['~/.claude/projects', '/etc/me/claude/projects', '~/.config/claude/projects'],
	],
	['Claude Code', {CLAUDE_CONFIG_DIR: '/a, ~/b,,/a'}, 'linux', ['/a/projects', '~/b/projects']],
	['Claude Code', {CLAUDE_CONFIG_DIR: ''}, 'macos', ['~/.claude/projects', '~/.config/claude/projects']],
	['Claude Desktop (Cowork)', {}, 'linux', ['~/.config/Claude/local-agent-mode-sessions']],
	['Claude Desktop (Cowork)', {}, 'macos', ['~/Library/Application Support/Claude/local-agent-mode-sessions']],
	[
		'Claude Desktop (Cowork)',
		{APPDATA: '/r'},
		'windows',
		['/r/Claude/local-agent-mode-sessions', '~/AppData/Roaming/Claude/local-agent-mode-sessions'],
	],
	['Codex CLI', {}, 'linux', ['~/.codex/sessions', '~/.codex/archived_sessions']],
	['Codex CLI', {CODEX_HOME: '/c'}, 'linux', ['/c/sessions', '/c/archived_sessions']],
	['Gemini CLI', {}, 'linux', ['~/.gemini/tmp']],
	['Gemini CLI', {GEMINI_CLI_HOME: '/g'}, 'linux', ['/g/.gemini/tmp']],
	['GitHub Copilot CLI', {COPILOT_HOME: '~/cp'}, 'linux', ['~/cp/session-state', '~/cp/session-store.db']],
	['OpenCode', {OPENCODE_DB: '/o/my.db'}, 'linux', ['~/.local/share/opencode/storage/message', '/o/my.db']],
	[
		'OpenCode',
		{OPENCODE_DB: 'my.db', XDG_DATA_HOME: '/d'},
		'linux',
		[
			'/d/opencode/storage/message',
			'~/.local/share/opencode/storage/message',
			'/d/opencode/my.db',
			'~/.local/share/opencode/my.db',
		],
	],
	['Kilo Code', {KILO_DB: '/o/k.db'}, 'linux', ['/o/k.db']],
	['Cline', {CLINE_DATA_DIR: '/cl'}, 'linux', ['/cl/tasks']],
	['Cline', {CLINE_DIR: '/cl'}, 'linux', ['/cl/data/tasks']],
	['Cline CLI', {CLINE_DIR: '/cl'}, 'linux', ['/cl/data/sessions']],
	['OpenClaude', {OPENCLAUDE_CONFIG_DIR: '/oc'}, 'linux', ['/oc/projects']],
	['TraeX', {}, 'linux', ['~/.trae/cli/sessions', '~/.trae/cli/archived_sessions']],
	['pi', {}, 'linux', ['~/.pi/agent/sessions']],
	['pi', {PI_CODING_AGENT_DIR: '/p'}, 'linux', ['/p/sessions']],
	['pi', {PI_CODING_AGENT_DIR: '/p', PI_CODING_AGENT_SESSION_DIR: '~/s'}, 'linux', ['~/s']],
	['GJC', {GJC_CONFIG_DIR: '/g'}, 'linux', ['/g/agent/sessions']],
	['OpenClaw', {OPENCLAW_STATE_DIR: '/o'}, 'linux', ['/o/agents']],
	['Qwen Code', {QWEN_RUNTIME_DIR: '/r', QWEN_HOME: '/h'}, 'linux', ['/r/projects']],
	['Qwen Code', {QWEN_HOME: '/h'}, 'linux', ['/h/projects']],
	['Goose', {GOOSE_PATH_ROOT: '/g'}, 'macos', ['/g/data/sessions/sessions.db']],
	['Mux', {MUX_ROOT: '/m'}, 'linux', ['/m/sessions']],
	['ZCode', {ZCODE_HOME: '/z'}, 'linux', ['/z/cli/db/db.sqlite']],
	['DeepSeek Harness', {DSH_HOME: '/d'}, 'linux', ['/d/sessions']],
	['Posit Assistant', {}, 'linux', ['~/.posit/assistant/workspaces']],
	['Grok Build', {GROK_HOME: '/g'}, 'linux', ['/g/sessions']],
	['Hermes', {HERMES_HOME: '/h'}, 'linux', ['/h/state.db']],
	[
		'IBM Bob',
		{},
		'macos',
		[
			'~/Library/Application Support/IBM Bob/User/globalStorage/ibm.bob-code/tasks',
			'~/Library/Application Support/Bob-IDE/User/globalStorage/ibm.bob-code/tasks',
		],
	],
	['Cline CLI', {CLINE_DATA_DIR: '/cl'}, 'linux', ['/cl/sessions']],
	['Cline CLI', {CLINE_SESSION_DATA_DIR: '/s', CLINE_DATA_DIR: '/cl'}, 'linux', ['/s']],
	['Qwen Code', {QWEN_DATA_DIR: '/q'}, 'linux', ['/q/projects']],
	['Kimi Code', {KIMI_CODE_HOME: '/k'}, 'linux', ['/k/sessions']],
	['Amp', {XDG_DATA_HOME: '/d'}, 'linux', ['/d/amp/threads', '~/.local/share/amp/threads']],
	['Goose', {}, 'windows', ['~/AppData/Roaming/Block/goose/data/sessions/sessions.db']],
	['Zed', {}, 'macos', ['~/Library/Application Support/Zed/threads/threads.db']],
	['OpenClaw', {}, 'linux', ['~/.openclaw/agents', '~/.clawdbot/agents', '~/.moltbot/agents']],
])('%s with %j on %s', (agent, env, system, names) => {
	expect(namesOf(agent, env, system)).toEqual(names);
});

test('the extensions of each editor, on each system', () => {
	const agent = 'Cline, Roo Code, Kilo Code in an editor';
	expect(namesOf(agent)).toContain('~/.config/VSCodium/User/globalStorage/rooveterinaryinc.roo-cline/tasks');
	expect(namesOf(agent, {}, 'macos')).toContain(
		'~/Library/Application Support/Code - Insiders/User/globalStorage/saoudrizwan.claude-dev/tasks',
	);
	expect(namesOf(agent)).toContain('~/.config/Antigravity/User/globalStorage/zoocodeorganization.zoo-code/tasks');
	expect(namesOf(agent)).toContain('~/.vscode-server/data/User/globalStorage/saoudrizwan.claude-dev/tasks');
	expect(namesOf(agent)).toContain('~/.local/share/code-server/User/globalStorage/kilocode.kilo-code/tasks');
});

test('names begin with ~ for what is in the home folder', () => {
	for (const {name, path} of placesOf({home, env: {}, systems: ['linux', 'macos', 'windows']})) {
		expect(path).toBe(join(home, name.slice(1)));
	}
});

describe('a search goes into', () => {
	test.each([
		['', true],
		['src/deep', true],
		['.git', false],
		['.cache/claude', false],
		['.claude', true],
		['.claude/projects/p', true],
		['.claude/plugins', false],
		['a/b/local_77/.claude/projects', true],
		['.config', true],
		['.config/Code/User', true],
		['.config/chromium', false],
		['.local/share/opencode/storage/message/ses_1', true],
		['.local/share/Trash', false],
	])('%j: %s', (folder, expected) => {
		expect(leadsToTranscripts(folder)).toBe(expected);
	});
});

test('a copy of a home folder holds what agents of any system kept in it', () => {
	const copy = temporaryFolder();
	const there = ['.claude/projects', 'Library/Application Support/Claude/local-agent-mode-sessions', '.codex/sessions'];
	for (const folder of [...there, '.local/share/opencode']) {
		mkdirSync(join(copy, folder), {recursive: true});
	}
	for (const name of ['opencode.db', 'opencode-dev.db', 'other.db']) {
		writeFileSync(join(copy, '.local/share/opencode', name), '');
	}
	expect(placesInHome(copy).map(({name}) => name)).toEqual(
		[
			'.claude/projects',
			'Library/Application Support/Claude/local-agent-mode-sessions',
			'.codex/sessions',
			'.local/share/opencode/opencode-dev.db',
			'.local/share/opencode/opencode.db',
		].map(name => `~/${name}`),
	);
});

test('agents that keep no cache figures are named where they are used', () => {
	const folder = temporaryFolder();
	mkdirSync(join(folder, '.kiro'));
	expect(silentAgentsOf({home: folder, env: {}, systems: ['linux']})).toEqual([
		{agent: 'Kiro', folder: '~/.kiro', reason: expect.stringContaining('credits')},
	]);
});

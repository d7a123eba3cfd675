/** The places where coding agents log requests, as data. */

/** Systems with different default folders. */
export type System = 'linux' | 'macos' | 'windows';

/**
 * The places of an agent. Paths use `/` and start with a placeholder for what differs between users: `~` the home
 * folder; `{config}` XDG_CONFIG_HOME and `~/.config`; `{data}` XDG_DATA_HOME and `~/.local/share`; `{support}`
 * `~/Library/Application Support`; `{roaming}` APPDATA; `{local}` LOCALAPPDATA. `*` matches any part of a name.
 */
export type AgentPlace = {
	/** The agent's name for people. */
	readonly agent: string;
	/** Its folders, on all systems or by system; all are searched. */
	readonly homes: readonly string[] | Readonly<Partial<Record<System, readonly string[]>>>;
	/** Environment variables that replace the default folders; the first that is set counts. */
	readonly variables?: readonly {
		readonly name: string;
		/** Path below the variable's folder to which `trees` and `databases` are relative. */
		readonly below?: string;
		/** Set if the variable may contain several paths, separated by commas. */
		readonly isList?: true;
		/** Set if the variable names the database itself; a name without a folder is a file in the default folders. */
		readonly isDatabase?: true;
	}[];
	/** Folders of transcripts, relative to a home. */
	readonly trees?: readonly string[];
	/** SQLite files, relative to a home. */
	readonly databases?: readonly string[];
};

/** VS Code and editors based on it. */
const editors = [
	'Code',
	'Code - Insiders',
	'Code - OSS',
	'VSCodium',
	'Cursor',
	'Windsurf',
	'Windsurf - Next',
	'Antigravity',
	'Kiro',
	'Positron',
	'Trae',
	'Void',
];
/** What they leave on a machine to which they connect over SSH, or in a container. */
const servers = ['vscode-server', 'vscode-server-insiders', 'vscodium-server', 'cursor-server', 'windsurf-server'];
const inEditors = (base: string) => editors.map(editor => `${base}/${editor}/User/globalStorage`);
const inServers = [
	...servers.map(server => `~/.${server}/data/User/globalStorage`),
	'{data}/code-server/User/globalStorage',
];
const bobs = (base: string) => ['IBM Bob', 'Bob-IDE'].map(editor => `${base}/${editor}/User/globalStorage`);
const editorHomes = {
	linux: [...inEditors('{config}'), ...inServers],
	macos: [...inEditors('{support}'), ...inServers],
	windows: inEditors('{roaming}'),
};

const kimiWork = 'kimi-desktop/daimon-share/daimon/runtime/kimi-code/home';

/** All agents whose files are searched for. */
export const agentPlaces: readonly AgentPlace[] = [
	{
		agent: 'Claude Code',
		homes: ['~/.claude', '{config}/claude'],
		variables: [{name: 'CLAUDE_CONFIG_DIR', isList: true}],
		trees: ['projects'],
	},
	{
		agent: 'OpenClaude',
		homes: ['~/.openclaude'],
		variables: [{name: 'OPENCLAUDE_CONFIG_DIR'}],
		trees: ['projects'],
	},
	{
		agent: 'Claude Desktop (Cowork)',
		homes: {
			linux: ['{config}/Claude'],
			macos: ['{support}/Claude'],
			windows: ['{roaming}/Claude', '{local}/Packages/Claude_*/LocalCache/Roaming/Claude'],
		},
		trees: ['local-agent-mode-sessions'],
	},
	{
		agent: 'Codex CLI',
		homes: ['~/.codex'],
		variables: [{name: 'CODEX_HOME'}],
		trees: ['sessions', 'archived_sessions'],
	},
	{agent: 'TraeX', homes: ['~/.trae/cli'], trees: ['sessions', 'archived_sessions']},
	{
		agent: 'Gemini CLI',
		homes: ['~/.gemini'],
		variables: [{name: 'GEMINI_CLI_HOME', below: '.gemini'}],
		trees: ['tmp'],
	},
	{
		agent: 'GitHub Copilot CLI',
		homes: ['~/.copilot'],
		variables: [{name: 'COPILOT_HOME'}],
		trees: ['session-state'],
		databases: ['session-store.db'],
	},
	{
		agent: 'OpenCode',
		homes: ['{data}/opencode'],
		variables: [{name: 'OPENCODE_DB', isDatabase: true}],
		trees: ['storage/message'],
		databases: ['opencode*.db'],
	},
	{
		agent: 'Kilo Code',
		homes: ['{data}/kilo'],
		variables: [{name: 'KILO_DB', isDatabase: true}],
		databases: ['kilo*.db'],
	},
	{
		agent: 'Cline, Roo Code, Kilo Code in an editor',
		homes: editorHomes,
		trees: [
			'saoudrizwan.claude-dev/tasks',
			'rooveterinaryinc.roo-cline/tasks',
			'zoocodeorganization.zoo-code/tasks',
			'kilocode.kilo-code/tasks',
		],
	},
	{
		agent: 'IBM Bob',
		homes: {
			linux: bobs('{config}'),
			macos: bobs('{support}'),
			windows: bobs('{roaming}'),
		},
		trees: ['ibm.bob-code/tasks'],
	},
	{
		agent: 'Cline',
		homes: ['~/.cline/data'],
		variables: [{name: 'CLINE_DATA_DIR'}, {name: 'CLINE_DIR', below: 'data'}],
		trees: ['tasks'],
	},
	{
		agent: 'Cline CLI',
		homes: ['~/.cline/data/sessions'],
		variables: [
			{name: 'CLINE_SESSION_DATA_DIR'},
			{name: 'CLINE_DATA_DIR', below: 'sessions'},
			{name: 'CLINE_DIR', below: 'data/sessions'},
		],
		trees: ['.'],
	},
	{
		agent: 'pi',
		homes: ['~/.pi/agent/sessions'],
		variables: [{name: 'PI_CODING_AGENT_SESSION_DIR'}, {name: 'PI_CODING_AGENT_DIR', below: 'sessions'}],
		trees: ['.'],
	},
	{agent: 'OMP', homes: ['~/.omp/agent'], trees: ['sessions']},
	{agent: 'GJC', homes: ['~/.gjc'], variables: [{name: 'GJC_CONFIG_DIR'}], trees: ['agent/sessions']},
	{agent: 'Prime Agent', homes: ['~/.prime/agent'], trees: ['sessions']},
	{
		agent: 'OpenClaw',
		homes: ['~/.openclaw', '~/.openclaw-*', '~/.clawdbot', '~/.moltbot'],
		variables: [{name: 'OPENCLAW_STATE_DIR'}, {name: 'CLAWDBOT_STATE_DIR'}],
		trees: ['agents'],
	},
	{agent: 'QClaw', homes: ['~/.qclaw'], trees: ['agents']},
	{
		agent: 'Qwen Code',
		homes: ['~/.qwen'],
		variables: [{name: 'QWEN_RUNTIME_DIR'}, {name: 'QWEN_HOME'}, {name: 'QWEN_DATA_DIR'}],
		trees: ['projects'],
	},
	{agent: 'iFlow', homes: ['~/.iflow'], trees: ['projects']},
	{agent: 'Amp', homes: ['{data}/amp'], trees: ['threads']},
	{agent: 'Kimi CLI', homes: ['~/.kimi'], variables: [{name: 'KIMI_SHARE_DIR'}], trees: ['sessions']},
	{agent: 'Kimi Code', homes: ['~/.kimi-code'], variables: [{name: 'KIMI_CODE_HOME'}], trees: ['sessions']},
	{
		agent: 'Kimi Work',
		homes: {
			linux: [`{config}/${kimiWork}`, `{data}/${kimiWork}`],
			macos: [`{support}/${kimiWork}`],
			windows: [`{roaming}/${kimiWork}`],
		},
		trees: ['sessions'],
	},
	{
		agent: 'Goose',
		homes: {
			linux: ['{data}/goose/sessions'],
			macos: ['{data}/goose/sessions'],
			windows: ['{roaming}/Block/goose/data/sessions'],
		},
		variables: [{name: 'GOOSE_PATH_ROOT', below: 'data/sessions'}],
		databases: ['sessions.db'],
	},
	{
		agent: 'Zed',
		homes: {
			linux: ['{data}/zed', '~/.var/app/dev.zed.Zed/data/zed'],
			macos: ['{support}/Zed'],
			windows: ['{local}/Zed'],
		},
		databases: ['threads/threads.db'],
	},
	{agent: 'Forge', homes: ['~/forge', '~/.forge'], variables: [{name: 'FORGE_CONFIG'}], databases: ['.forge.db']},
	{
		agent: 'GitHub Copilot Chat',
		homes: editorHomes,
		databases: ['github.copilot-chat/agent-traces.db'],
	},
	{agent: 'Mux', homes: ['~/.mux'], variables: [{name: 'MUX_ROOT'}], trees: ['sessions']},
	{agent: 'ZCode', homes: ['~/.zcode'], variables: [{name: 'ZCODE_HOME'}], databases: ['cli/db/db.sqlite']},
	{agent: 'DeepSeek Harness', homes: ['~/.dsh'], variables: [{name: 'DSH_HOME'}], trees: ['sessions']},
	{agent: 'Posit Assistant', homes: ['~/.posit/assistant'], trees: ['workspaces']},
	{
		agent: 'Open Design',
		homes: {linux: ['{config}/Open Design'], macos: ['{support}/Open Design'], windows: ['{roaming}/Open Design']},
		trees: ['runs', 'data', 'namespaces'],
	},
	{agent: 'Grok Build', homes: ['~/.grok'], variables: [{name: 'GROK_HOME'}], trees: ['sessions']},
	{agent: 'OpenHands', homes: ['~/.openhands'], trees: ['conversations']},
	{agent: 'CodeBuddy, WorkBuddy', homes: ['~/.codebuddy', '~/.workbuddy', '~/.workbuddy-ai'], trees: ['projects']},
	{agent: 'Droid', homes: ['~/.factory'], trees: ['sessions']},
	{
		agent: 'Hermes',
		homes: ['~/.hermes', '~/.hermes/profiles/*'],
		variables: [{name: 'HERMES_HOME'}],
		databases: ['state.db'],
	},
];

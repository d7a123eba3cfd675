/**
 * The names of all formats, in the order of `table.ts`: for those who only check a name, and would have to load every
 * format for it.
 */
export const formatNames: readonly string[] = [
	'claude-code',
	'codex',
	'qwen-code',
	'cline-cli',
	'gemini-cli',
	'opencode',
	'pi',
	'cline',
	'cline-models',
	'amp',
	'kimi-cli',
	'kimi-code',
	'mux',
	'deepseek-harness',
	'posit-assistant',
	'open-design',
	'openhands',
	'codebuddy',
	'copilot',
	'copilot-chat',
	'copilot-session',
	'droid',
	'grok',
	'hermes',
	'goose',
	'zcode',
	'zed',
	'forge',
	'codex-exec',
	'csv',
	'collector-debug',
	'dotnet-console',
	'gcloud-yaml',
	'litellm',
	'glitchtip',
	'agentpress',
	'usage-lines',
	'cache-lines',
];

/** Formats that users can name, in alphabetical order; `cline-models` only adds information to what `cline` reads. */
export const namedFormats: readonly string[] = formatNames.filter(name => name !== 'cline-models').toSorted();

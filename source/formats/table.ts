import {agentpress} from './agentpress/agentpress.js';
import {claudeCode} from './claude-code/claude-code.js';
import {codex} from './codex/codex.js';
import type {Format} from './format.js';
import {geminiCli} from './gemini-cli/gemini-cli.js';
import {glitchtip} from './glitchtip/glitchtip.js';
import {litellm} from './litellm/litellm.js';
import {usageLines} from './usage-lines/usage-lines.js';

/**
 * Every format there is: the only place that knows them all. The first that recognises a log reads it, so the strict
 * ones come first: a transcript may quote anything.
 */
export const formats: readonly Format[] = [claudeCode, codex, geminiCli, litellm, glitchtip, agentpress, usageLines];

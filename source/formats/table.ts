import {agentpress} from './agentpress/agentpress.js';
import {amp} from './amp/amp.js';
import {claudeCode} from './claude-code/claude-code.js';
import {cline} from './cline/cline.js';
import {clineCli} from './cline/cline-cli.js';
import {codex} from './codex/codex.js';
import {copilot} from './copilot/copilot.js';
import {copilotSession} from './copilot/copilot-session.js';
import {deepseekHarness} from './deepseek-harness/deepseek-harness.js';
import {droid} from './droid/droid.js';
import type {Format} from './format.js';
import {geminiCli} from './gemini-cli/gemini-cli.js';
import {glitchtip} from './glitchtip/glitchtip.js';
import {goose} from './goose/goose.js';
import {grok} from './grok/grok.js';
import {hermes} from './hermes/hermes.js';
import {kimiCli} from './kimi/kimi-cli.js';
import {kimiCode} from './kimi/kimi-code.js';
import {litellm} from './litellm/litellm.js';
import {mux} from './mux/mux.js';
import {openDesign} from './open-design/open-design.js';
import {openCode} from './opencode/opencode.js';
import {pi} from './pi/pi.js';
import {positAssistant} from './posit-assistant/posit-assistant.js';
import {qwenCode} from './qwen-code/qwen-code.js';
import {usageLines} from './usage-lines/usage-lines.js';
import {zcode} from './zcode/zcode.js';
import {zed} from './zed/zed.js';

/**
 * Every format there is: the only place that knows them all. The first that recognises a log reads it, so the strict
 * ones come first: a transcript may quote anything.
 */
export const formats: readonly Format[] = [
	// Its records have the fields of Claude Code's, and others.
	qwenCode,
	claudeCode,
	codex,
	clineCli,
	geminiCli,
	openCode,
	pi,
	cline,
	amp,
	kimiCli,
	kimiCode,
	mux,
	deepseekHarness,
	positAssistant,
	openDesign,
	copilot,
	copilotSession,
	droid,
	grok,
	hermes,
	goose,
	zcode,
	zed,
	litellm,
	glitchtip,
	agentpress,
	usageLines,
];

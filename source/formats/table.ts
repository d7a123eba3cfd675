import {amp} from './agents/amp/amp.js';
import {claudeCode} from './agents/claude-code/claude-code.js';
import {cline} from './agents/cline/cline.js';
import {clineCli} from './agents/cline/cline-cli.js';
import {clineModels} from './agents/cline/cline-models.js';
import {codeBuddy} from './agents/codebuddy/codebuddy.js';
import {codex} from './agents/codex/codex.js';
import {copilot} from './agents/copilot/copilot.js';
import {copilotChat} from './agents/copilot/copilot-chat.js';
import {copilotSession} from './agents/copilot/copilot-session.js';
import {deepseekHarness} from './agents/deepseek-harness/deepseek-harness.js';
import {droid} from './agents/droid/droid.js';
import {forge} from './agents/forge/forge.js';
import {geminiCli} from './agents/gemini-cli/gemini-cli.js';
import {goose} from './agents/goose/goose.js';
import {grok} from './agents/grok/grok.js';
import {hermes} from './agents/hermes/hermes.js';
import {kimiCli} from './agents/kimi/kimi-cli.js';
import {kimiCode} from './agents/kimi/kimi-code.js';
import {mux} from './agents/mux/mux.js';
import {openDesign} from './agents/open-design/open-design.js';
import {openCode} from './agents/opencode/opencode.js';
import {openHands} from './agents/openhands/openhands.js';
import {pi} from './agents/pi/pi.js';
import {positAssistant} from './agents/posit-assistant/posit-assistant.js';
import {qwenCode} from './agents/qwen-code/qwen-code.js';
import {zcode} from './agents/zcode/zcode.js';
import {zed} from './agents/zed/zed.js';
import {agentpress} from './backends/agentpress/agentpress.js';
import {codexExec} from './backends/codex-exec/codex-exec.js';
import {cacheLines} from './backends/dumps/cache-lines.js';
import {collectorDebug} from './backends/dumps/collector-debug.js';
import {csv} from './backends/dumps/csv.js';
import {dotnetConsole} from './backends/dumps/dotnet-console.js';
import {gcloudYaml} from './backends/dumps/gcloud-yaml.js';
import {glitchtip} from './backends/glitchtip/glitchtip.js';
import {litellm} from './backends/litellm/litellm.js';
import {usageLines} from './backends/usage-lines/usage-lines.js';
import type {Format} from './format.js';

/**
 * Every format there is: the only place that knows them all. The first that recognises a log reads it, so the strict
 * ones come first: a transcript may quote anything.
 */
export const formats: readonly Format[] = [
	claudeCode,
	codex,
	qwenCode,
	clineCli,
	geminiCli,
	openCode,
	pi,
	cline,
	clineModels,
	amp,
	kimiCli,
	kimiCode,
	mux,
	deepseekHarness,
	positAssistant,
	openDesign,
	openHands,
	codeBuddy,
	copilot,
	copilotChat,
	copilotSession,
	droid,
	grok,
	hermes,
	goose,
	zcode,
	zed,
	forge,
	codexExec,
	csv,
	collectorDebug,
	dotnetConsole,
	gcloudYaml,
	litellm,
	glitchtip,
	agentpress,
	usageLines,
	cacheLines,
];

import {sites} from '../../source/demo/call-sites.js';
import {recentMessages} from '../../source/demo/prompt-plan.js';
import {applicationMinimum, type SimulatedCall} from '../../source/demo/simulated-call.js';
import type {LogLevel} from '../../source/demo/writing/log-record.js';
import type {Script} from '../../source/demo/writing/script.js';
import {planSites2025October} from './call-sites.js';

const charactersPerToken = 4;

const {system, applying, chunk, total, validation} = planSites2025October;

const writeOutcome = (script: Script, call: SimulatedCall) => {
	const {prompt, completion, cacheRead, cacheWrite} = call.reported;
	script.log('debug', sites.addMessage, `Successfully added message to thread ${call.thread}`);
	script.conclude(
		'debug',
		sites.addMessage,
		`[THREAD_MANAGER] Processing assistant_response_end: model='${call.model}', prompt_tokens=${prompt}, completion_tokens=${completion}, cache_read=${cacheRead}, cache_creation=${cacheWrite}`,
		'full',
	);
	if (cacheRead > 0) {
		const text = `[THREAD_MANAGER] 🎯 Using cached tokens! cache_read=${cacheRead} of ${prompt} total`;
		script.log('info', sites.addMessage, text);
	}

	script.conclude(
		'info',
		sites.addMessage,
		`[THREAD_MANAGER] Deducting token usage for user ${call.user}: model='${call.model}', tokens=${prompt}+${completion}, cache_read=${cacheRead}`,
		'no-writes',
	);
};

const writeCall = (script: Script, call: SimulatedCall, level: LogLevel) => {
	const text = `Making LLM API call to model: ${call.model} with ${call.messages + 1} messages`;
	script.log(level, sites.call, text);
	script.wait(call.latency);
};

const writeTwoBlocks = (script: Script, call: SimulatedCall) => {
	const {messages} = call;
	let blocks = 0;
	script.intend('info', applying, `📊 Applying 2-block caching strategy for ${messages} messages`);
	const systemCharacters = call.systemTokens * charactersPerToken;
	if (call.systemTokens >= applicationMinimum) {
		blocks++;
		script.intend('info', system, `🔥 Block 1: Cached system prompt (${systemCharacters} chars)`, plan => {
			plan.blocks.push({number: 1, tokens: undefined, reused: false});
		});
	} else {
		script.intend('debug', system, `System prompt too small for caching: ${systemCharacters} chars`, plan => {
			plan.skipped.push({part: 'system', tokens: undefined});
		});
	}

	const history = call.chunks[0];
	if (history === undefined) {
		script.log('debug', chunk, `Not enough messages for history caching: ${messages} < 4`);
	} else {
		blocks++;
		const size = `${history.tokens * charactersPerToken} chars, ${history.messages} messages`;
		script.intend('info', chunk, `🔥 Block 2: Cached conversation history (${size})`, plan => {
			plan.blocks.push({number: 2, tokens: undefined, reused: false});
		});
		script.log('debug', chunk, `Added ${recentMessages} recent messages uncached`);
	}

	script.intend('info', total, `🎯 Applied 2-block caching: ${blocks} cache blocks, ${messages + 1} total messages`);
	script.log('debug', validation, `✅ Cache validation passed: ${blocks}/4 blocks`);
};

const writeUnsupported = (script: Script, call: SimulatedCall) => {
	script.intend('debug', system, `Model ${call.model} doesn't support Anthropic caching`, plan => {
		plan.unsupported = true;
	});
};

/** 2025-09-17: two blocks, counted in characters. */
export const write20250917 = (script: Script, call: SimulatedCall) => {
	if (call.supported) {
		writeTwoBlocks(script, call);
	} else {
		writeUnsupported(script, call);
	}

	writeCall(script, call, 'debug');
	writeOutcome(script, call);
};

/** 2025-09-19 to 21: the system prompt for an hour, and the last message. */
export const write20250919 = (script: Script, call: SimulatedCall) => {
	if (call.supported) {
		const {systemTokens} = call;
		if (systemTokens >= applicationMinimum) {
			script.intend('info', system, `🔥 Block 1: Cached system prompt (${systemTokens} tokens, 1h TTL)`, plan => {
				plan.blocks.push({number: 1, tokens: systemTokens, reused: false});
			});
		} else {
			script.intend('debug', system, `System prompt too small for caching: ${systemTokens} tokens`, plan => {
				plan.skipped.push({part: 'system', tokens: systemTokens});
			});
		}

		const tokens = call.lastMessageTokens;
		script.intend('info', chunk, `🎯 Block 2: Cached final message (${tokens} tokens)`, plan => {
			plan.blocks.push({number: 2, tokens, reused: false});
		});
		const used = systemTokens >= applicationMinimum ? 2 : 1;
		script.intend('info', total, `🎯 Total cache blocks used: ${used}/4`);
		script.log('debug', validation, `✅ Cache validation passed: ${used}/4 blocks`);
	} else {
		writeUnsupported(script, call);
	}

	writeCall(script, call, 'info');
	writeOutcome(script, call);
};

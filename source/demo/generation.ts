import {planSites2025October, planSitesStoredBlocks, sites} from './call-sites.js';
import {bareModel, writeBilling, writeCacheResult, writeEstimate, writeUsageType} from './outcome-lines.js';
import {
	type PlanStyle,
	writeBlocks,
	writeInput,
	writeThreshold,
	writeUnsupported,
	writeValidation,
} from './plan-lines.js';
import {pythonRepr} from './python-text.js';
import type {Script} from './script.js';
import type {SimulatedCall} from './simulated-call.js';
import {usageDict, usageRepr} from './usage-text.js';

/** How 2025-10-01 plans. */
export const style20251001: PlanStyle = {
	sites: planSites2025October,
	emoji: true,
	level: 'info',
	chunkDetail: 'messages',
	validation: 'of-four',
};

const style20251016: PlanStyle = {...style20251001, sites: planSitesStoredBlocks, validation: 'with-system'};

const writeStart = (script: Script, call: SimulatedCall) => {
	script.log('debug', sites.starting, `🚀 Starting thread execution for ${call.thread} with model ${call.model}`);
	script.log('debug', sites.messages, `Getting messages for thread ${call.thread}`);
};

const writeCall = (script: Script, call: SimulatedCall) => {
	script.log('info', sites.call, `Making LLM API call to model: ${call.model} with ${call.messages + 1} messages`);
};

/** 2025-10-01: blocks in tokens, and the usage many times over. */
export const write20251001 = (script: Script, call: SimulatedCall) => {
	const {reported} = call;
	let used = 0;
	writeStart(script, call);
	if (call.supported) {
		writeThreshold(script, call, style20251001, true);
		used = writeBlocks(script, call, style20251001);
		if (used > 0) {
			const rate = Math.min(100, (used / call.messages) * 100).toFixed(1);
			script.log('debug', sites.glitchtip, `📊 Cache metrics logged to GlitchTip: ${used} blocks, ${rate}% hit rate`);
		}

		writeValidation(script, used, style20251001);
	} else {
		writeUnsupported(script, call, style20251001);
	}

	writeCall(script, call);
	const control =
		used > 0
			? '🔥 CACHE CONTROL: Found cache_control in messages at positions: [0, 1]'
			: '❌ NO CACHE CONTROL: No cache_control found in any messages';
	script.log('info', sites.cacheControl, control);
	script.wait(call.latency);
	const usage = usageRepr(reported, false);
	const dict = usageDict(reported);
	script.log('info', sites.response, `🔍 USAGE OBJECT: ${usage}`);
	script.log('info', sites.response, `🔍 RAW USAGE OBJECT: ${usage}`);
	script.log('info', sites.billing, `🔍 THREAD MANAGER USAGE: ${dict}`);
	const choices = `[{'message': {'role': 'assistant', 'content': ${pythonRepr(call.reply)}}}]`;
	const content = `{'model': '${call.model}', 'usage': ${dict}, 'choices': ${choices}}`;
	script.log('info', sites.billing, `🔍 THREAD MANAGER CONTENT: ${content}`);
	const detection = `cache_read=${reported.cacheRead}, cache_creation=${reported.cacheWrite}, prompt=${reported.prompt}`;
	script.conclude('info', sites.billing, `🔍 CACHE DETECTION: ${detection}`, 'full');
	writeCacheResult(script, call, 'info');
	writeBilling(script, call, 'info', false);
};

/** The whole strategy once more, only to count the context. */
const writeDryRun = (script: Script, call: SimulatedCall) => {
	script.log('debug', sites.run, `Running compression check on ${call.messages} messages`);
	writeInput(script, call, style20251016);
	const {building} = style20251016.sites;
	script.intend('info', building, `🆕 Building cache blocks from scratch (${call.messages} messages)`);
	writeThreshold(script, call, style20251016, false);
	writeBlocks(script, call, style20251016);
	const count = call.systemTokens + call.conversationTokens;
	script.log('info', sites.compressor, `Initial token count (with caching): ${count}`);
	script.log('info', sites.compressor, 'Compression threshold: 168000, target: 100800 (ratio: 0.6)');
	const text = `✅ Token count (${count}) under threshold (168000), skipping compression`;
	script.log('info', sites.compressor, text);
	script.dropPlan();
};

const writeReuse = (script: Script, call: SimulatedCall, blocks: number) => {
	const rest = call.newMessages > 0 ? `, appending ${call.newMessages} new messages` : ' (no new messages)';
	script.intend('info', style20251016.sites.building, `♻️ Loaded ${blocks} cached blocks${rest}`, plan => {
		for (let number = 2; number < blocks + 2; number++) {
			plan.blocks.push({number, tokens: undefined, reused: true});
		}
	});
};

const writeFromScratch = (script: Script, call: SimulatedCall) => {
	const {building, stored} = style20251016.sites;
	script.intend('info', building, `🆕 Building cache blocks from scratch (${call.messages} messages)`);
	if (call.thresholdTurn === undefined) {
		script.log('info', stored, '🆕 No stored threshold - will calculate and store');
		writeThreshold(script, call, style20251016, true);
	} else {
		const reason = `last calc: turn ${call.thresholdTurn}, reason: initial`;
		const threshold = call.adjustedFrom ?? call.threshold;
		script.log('info', stored, `♻️ Reusing stored threshold: ${threshold} tokens (${reason})`);
	}

	const used = writeBlocks(script, call, style20251016);
	if (call.chunks.length > 0) {
		const text = `💾 Stored ${call.chunks.length} cached blocks covering ${call.messages} messages`;
		script.log('info', sites.storedBlocks, text);
	}

	writeValidation(script, used, style20251016);
};

/** 2025-10-16: blocks are stored and used again; the first call of a run counts before it plans. */
export const write20251016 = (script: Script, call: SimulatedCall) => {
	writeStart(script, call);
	if (call.dryRun && call.supported) {
		writeDryRun(script, call);
	} else if (call.iteration > 1) {
		const last = call.systemTokens + call.conversationTokens - call.lastMessageTokens;
		const sum = `${last} + ${call.lastMessageTokens} = ${last + call.lastMessageTokens} tokens`;
		script.log('info', sites.run, `⚡ Fast check: ${sum} (threshold: 168000)`);
		script.log('info', sites.run, '✅ Under threshold, skipping compression');
	}

	if (call.rebuilt) {
		script.log('info', sites.run, '🔄 Rebuilding cache due to compression/model change');
	}

	writeInput(script, call, style20251016);
	if (!call.supported) {
		writeUnsupported(script, call, style20251016);
	} else if (call.reusedBlocks === undefined) {
		writeFromScratch(script, call);
	} else {
		writeReuse(script, call, call.reusedBlocks);
	}

	script.log('info', sites.sending, `📤 Sending ${call.messages + 1} prepared messages to LLM`);
	writeCall(script, call);
	script.wait(call.latency);
	if (call.accuracy === 'exact') {
		const usage = usageRepr(call.reported, false);
		const model = bareModel(call.model);
		script.log('info', sites.response, '🔍 STORING COMPLETE LiteLLM RESPONSE CHUNK AS RECEIVED');
		script.log('info', sites.response, `🔍 STORED MODEL: ${model}`);
		script.log('info', sites.response, `🔍 STORED USAGE: ${usage}`);
		script.log('info', sites.response, `Stream complete. Total chunks: ${script.random.integer(12, 300)}`);
		script.log('info', sites.response, `🔍 RESPONSE MODEL: ${model}`);
		script.log('info', sites.response, `🔍 RESPONSE USAGE: ${usage}`);
		const dict = usageDict(call.reported);
		script.log('info', sites.response, `🔍 RESPONSE PROCESSOR COMPLETE USAGE (normal): ${dict}`);
	} else {
		writeEstimate(script, call, 'info');
	}

	writeUsageType(script, call, 'info', false);
};

import {planSitesStoredBlocks, sites} from '../../source/demo/call-sites.js';
import type {SimulatedCall} from '../../source/demo/simulated-call.js';
import type {LogLevel} from '../../source/demo/writing/log-record.js';
import {bareModel, writeEstimate, writeUsageType} from '../../source/demo/writing/outcome-lines.js';
import {
	type PlanStyle,
	writeBlocks,
	writeInput,
	writeThreshold,
	writeUnsupported,
	writeValidation,
} from '../../source/demo/writing/plan-lines.js';
import type {Script} from '../../source/demo/writing/script.js';
import {type ReportedUsage, usageRepr} from '../../source/demo/writing/usage-text.js';
import {planSites2026} from './call-sites.js';

type LaterStyle = PlanStyle & {
	/** The line of the call itself. */
	readonly callText: 'making' | 'llm';
};

/** The shorter dict of 2026's response processor. */
const billingDict = (usage: ReportedUsage): string =>
	`{'prompt_tokens': ${usage.prompt}, 'completion_tokens': ${usage.completion}, 'total_tokens': ${usage.total}, 'cache_read_input_tokens': ${usage.cacheRead}, 'cache_creation_input_tokens': ${usage.cacheWrite}, 'prompt_tokens_details': {'cached_tokens': ${usage.cacheRead}}}`;

const style20251124: LaterStyle = {
	sites: planSitesStoredBlocks,
	emoji: true,
	level: 'info',
	chunkDetail: 'breakpoint',
	validation: 'conversation',
	callText: 'making',
};

const style20251127: LaterStyle = {...style20251124, chunkDetail: 'groups'};
const style20251218: LaterStyle = {...style20251127, level: 'debug', callText: 'llm'};

const writePlan = (script: Script, call: SimulatedCall, style: LaterStyle) => {
	const {level, sites: planSites} = style;
	script.intend(level, planSites.building, `🆕 Building cache structure for ${call.messages} messages`);
	if (call.thresholdTurn === undefined) {
		script.log(level, planSites.stored, '🆕 No stored threshold - will calculate and store');
		writeThreshold(script, call, style, true);
		const text = `💾 Stored cache threshold: ${call.threshold} tokens (reason: initial)`;
		script.log(level, sites.storedThreshold, text);
	} else {
		const threshold = call.adjustedFrom ?? call.threshold;
		const reason = `last calc: turn ${call.thresholdTurn}, reason: initial`;
		script.log(level, planSites.stored, `♻️ Reusing stored threshold: ${threshold} tokens (${reason})`);
		script.log(level, planSites.stored, `♻️ Reusing stored system prompt tokens: ${call.systemTokens}`);
	}

	writeValidation(script, writeBlocks(script, call, style), style);
};

const writeLate2025 = (script: Script, call: SimulatedCall, style: LaterStyle) => {
	const {level} = style;
	script.log('debug', sites.starting, `🚀 Starting thread execution for ${call.thread} with model ${call.model}`);
	script.log(level, sites.run, `🔥 LLM API call iteration #${call.iteration} of run`);
	writeInput(script, call, style);
	if (call.supported) {
		writePlan(script, call, style);
	} else {
		writeUnsupported(script, call, style);
	}

	const messages = call.messages + 1;
	const text =
		style.callText === 'making'
			? `Making LLM API call to model: ${call.model} with ${messages} messages`
			: `LLM API call: ${call.model} (${messages} messages)`;
	script.log('info', sites.call, text);
	script.wait(call.latency);
	if (call.accuracy === 'exact') {
		const usage = usageRepr(call.reported, true);
		const captured = `📊 Usage captured - Model: ${bareModel(call.model)}, Usage: ${usage}`;
		script.conclude('info', sites.response, captured, 'full');
	} else {
		writeEstimate(script, call, level);
	}

	writeUsageType(script, call, level, true);
};

/** 2025-11-24: chunks name the message of their breakpoint. */
export const write20251124 = (script: Script, call: SimulatedCall) => writeLate2025(script, call, style20251124);

/** 2025-11-27: chunks name their groups. */
export const write20251127 = (script: Script, call: SimulatedCall) => writeLate2025(script, call, style20251127);

/** 2025-12-18: nearly all of it at debug. */
export const write20251218 = (script: Script, call: SimulatedCall) => writeLate2025(script, call, style20251218);

const style2026: PlanStyle = {
	sites: planSites2026,
	emoji: false,
	level: 'debug',
	chunkDetail: 'messages',
	validation: 'conversation',
};

/** 2026-03: no emoji, one usage line at info. */
export const write202603 = (script: Script, call: SimulatedCall) => {
	const {reported} = call;
	const level: LogLevel = 'debug';
	writeInput(script, call, style2026);
	if (call.supported) {
		script.intend(level, style2026.sites.building, `Building cache structure for ${call.messages} messages`);
		writeThreshold(script, call, style2026, true);
		writeValidation(script, writeBlocks(script, call, style2026), style2026);
	} else {
		writeUnsupported(script, call, style2026);
	}

	script.log('info', sites.call2026, `[LLM] call: ${call.model} (${call.messages + 1} msgs)`);
	script.wait(call.latency);
	const seconds = (call.latency / 1_000_000).toFixed(2);
	const chunks = script.random.integer(12, 300);
	script.log('info', sites.streamed, `[LLM] ${seconds}s total, ${chunks} chunks - ${call.model}`);
	const usage = `💰 [ResponseProcessor] Usage data for billing: ${billingDict(reported)}`;
	script.conclude('info', sites.usageData, usage, 'full');
	const batch = `prompt=${reported.prompt}, completion=${reported.completion}, cache_read=${reported.cacheRead}, cache_create=${reported.cacheWrite}`;
	script.log(level, sites.batch, `💰 [BatchWriter] Billing: ${batch}, model=${call.model}`);
	const cost = (call.billed ? call.cost.total : 0).toFixed(6);
	script.log('info', sites.batch, `✅ [BatchWriter] Successfully billed $${cost} for ${reported.total} tokens`);
};

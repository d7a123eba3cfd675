import {planSitesStoredBlocks, sites} from '../call-sites.js';
import {isBedrock} from '../model-rules.js';
import type {SimulatedCall} from '../simulated-call.js';
import {bareModel, writeEstimate, writeUsageType} from './outcome-lines.js';
import {
	type PlanStyle,
	writeBlocks,
	writeInput,
	writeThreshold,
	writeUnsupported,
	writeValidation,
} from './plan-lines.js';
import type {Script} from './script.js';
import {usageDict, usageRepr} from './usage-text.js';

/**
 * What becomes of an event with an exception, by the logger's configuration:
 * `dicts`: JSON holds a list of dicts; on a console the renderer fails and the event is lost.
 * `console-traceback`: JSON holds the dicts; a console shows the traceback below the event.
 * `json-flag`: a console shows the traceback; JSON says only `"exc_info": true`.
 */
export type ExceptionStyle = 'dicts' | 'console-traceback' | 'json-flag';

/** A generation of the backend: what it marks, what its libraries report, and how it logs. */
export type Generation = {
	/** Models as named in its log; the first is used most. */
	readonly models: readonly string[];
	/**
	 * What it marks besides the system prompt: the whole `history` as one text, the `final-message`, chunks of the
	 * conversation, or chunks that it stores and sends again unchanged (`stored-chunks`).
	 */
	readonly marks: 'history' | 'final-message' | 'chunks' | 'stored-chunks';
	/** The cache lifetime that it requests. */
	readonly lifetime: '5m' | '1h';
	/** True if the library's `prompt_tokens` include the tokens written. */
	readonly promptIncludesWrites: (model: string) => boolean;
	/** True if it bills cache writes separately. */
	readonly billsWrites: boolean;
	/** True if it estimates usage that the provider did not send. */
	readonly estimates: boolean;
	readonly exceptions: ExceptionStyle;
	/** Writes all lines of a call. */
	readonly write: (script: Script, call: SimulatedCall) => void;
};

const style: PlanStyle = {
	sites: planSitesStoredBlocks,
	emoji: true,
	level: 'info',
	chunkDetail: 'messages',
	validation: 'with-system',
};

/** Writes the first lines of a turn. */
export const writeStart = (script: Script, call: SimulatedCall) => {
	script.log('debug', sites.starting, `🚀 Starting thread execution for ${call.thread} with model ${call.model}`);
	script.log('debug', sites.messages, `Getting messages for thread ${call.thread}`);
};

/** Writes the last line before the request is sent. */
export const writeCall = (script: Script, call: SimulatedCall) => {
	script.log('info', sites.call, `Making LLM API call to model: ${call.model} with ${call.messages + 1} messages`);
};

/** Writes the plan of a dry run, which only counts the context. */
const writeDryRun = (script: Script, call: SimulatedCall) => {
	script.log('debug', sites.run, `Running compression check on ${call.messages} messages`);
	writeInput(script, call, style);
	const {building} = style.sites;
	script.intend('info', building, `🆕 Building cache blocks from scratch (${call.messages} messages)`);
	writeThreshold(script, call, style, false);
	writeBlocks(script, call, style);
	const count = call.systemTokens + call.conversationTokens;
	script.log('info', sites.compressor, `Initial token count (with caching): ${count}`);
	script.log('info', sites.compressor, 'Compression threshold: 168000, target: 100800 (ratio: 0.6)');
	const text = `✅ Token count (${count}) under threshold (168000), skipping compression`;
	script.log('info', sites.compressor, text);
	script.dropPlan();
};

const writeReuse = (script: Script, call: SimulatedCall, blocks: number) => {
	const rest = call.newMessages > 0 ? `, appending ${call.newMessages} new messages` : ' (no new messages)';
	script.intend('info', style.sites.building, `♻️ Loaded ${blocks} cached blocks${rest}`, plan => {
		for (let number = 2; number < blocks + 2; number++) {
			plan.blocks.push({number, tokens: undefined, reused: true});
		}
	});
};

const writeFromScratch = (script: Script, call: SimulatedCall) => {
	const {building, stored} = style.sites;
	script.intend('info', building, `🆕 Building cache blocks from scratch (${call.messages} messages)`);
	if (call.thresholdTurn === undefined) {
		script.log('info', stored, '🆕 No stored threshold - will calculate and store');
		writeThreshold(script, call, style, true);
	} else {
		const reason = `last calc: turn ${call.thresholdTurn}, reason: initial`;
		const threshold = call.adjustedFrom ?? call.threshold;
		script.log('info', stored, `♻️ Reusing stored threshold: ${threshold} tokens (${reason})`);
	}

	const used = writeBlocks(script, call, style);
	if (call.chunks.length > 0) {
		const text = `💾 Stored ${call.chunks.length} cached blocks covering ${call.messages} messages`;
		script.log('info', sites.storedBlocks, text);
	}

	writeValidation(script, used, style);
};

/** 2025-10-16: blocks are stored and reused; the first call of a run counts before it plans. */
const write = (script: Script, call: SimulatedCall) => {
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

	writeInput(script, call, style);
	if (!call.supported) {
		writeUnsupported(script, call, style);
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

/** The backend of October 2025, which the demo shows: it stores blocks and sends them again unchanged. */
export const generation20251016: Generation = {
	models: [
		'anthropic/claude-sonnet-4-5-20250929',
		'anthropic/claude-haiku-4-5',
		'openai/gpt-5-mini',
		'bedrock/anthropic.claude-sonnet-4-20250514-v1:0',
	],
	marks: 'stored-chunks',
	lifetime: '5m',
	// LiteLLM 1.77.5: Bedrock's converse path includes them since 1.78.0.
	promptIncludesWrites: model => !isBedrock(model),
	billsWrites: false,
	estimates: true,
	exceptions: 'dicts',
	write,
};

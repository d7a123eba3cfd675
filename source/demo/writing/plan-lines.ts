import type {PlanSites} from '../call-sites.js';
import {applicationMinimum, type Chunk, type SimulatedCall} from '../simulated-call.js';
import type {LogLevel} from './log-record.js';
import type {Script, VisiblePlan} from './script.js';

/** Wording and levels of a generation's plan lines. */
export type PlanStyle = {
	readonly sites: PlanSites;
	readonly emoji: boolean;
	/** Level of all lines but `Applying…` and `Block 1`, which stay at info. */
	readonly level: LogLevel;
	readonly chunkDetail: 'messages' | 'breakpoint' | 'groups';
	readonly validation: 'of-four' | 'with-system' | 'conversation';
};

/** What marking needs to know about a call. */
export type MarkedPrompt = Pick<
	SimulatedCall,
	'messages' | 'systemTokens' | 'conversationTokens' | 'chunks' | 'threshold' | 'adjustedFrom'
>;

const block = (number: number, tokens: number) => (plan: VisiblePlan) => {
	plan.blocks.push({number, tokens, reused: false});
};

const skip = (part: 'system' | 'conversation', tokens: number) => (plan: VisiblePlan) => {
	plan.skipped.push({part, tokens});
};

const chunkText = (chunk: Chunk, detail: PlanStyle['chunkDetail']) => {
	const messages = `${chunk.tokens} tokens, ${chunk.messages} messages`;
	switch (detail) {
		case 'messages':
			return messages;
		case 'breakpoint':
			return `${messages}, breakpoint at message #${chunk.lastMessage}`;
		case 'groups':
			return `${messages} from ${Math.ceil(chunk.messages / 2)} groups`;
	}
};

/** Writes `🔍 CACHING INPUT…`, since 2025-10-02. */
export const writeInput = (script: Script, call: SimulatedCall, {sites, emoji}: PlanStyle) => {
	const users = Math.ceil(call.messages / 2);
	const roles = `{'user': ${users}, 'assistant': ${call.messages - users}}`;
	script.log('debug', sites.input, `${emoji ? '🔍 ' : ''}CACHING INPUT: ${call.messages} messages - Roles: ${roles}`);
};

/** Writes the only line for models without marked blocks. */
export const writeUnsupported = (script: Script, call: SimulatedCall, {sites, emoji}: PlanStyle) => {
	const text = `Model ${call.model} doesn't support ${emoji ? 'Anthropic ' : ''}caching`;
	script.intend('debug', sites.unsupported, text, plan => {
		plan.unsupported = true;
	});
};

/** Writes the computed size of a chunk. @param factors adds the two lines that explain it */
export const writeThreshold = (script: Script, call: SimulatedCall, style: PlanStyle, factors: boolean) => {
	const {threshold: site} = style.sites;
	const indent = style.emoji ? '   ' : '';
	const base = call.adjustedFrom ?? call.threshold;
	script.log(style.level, site, `${style.emoji ? '🧮 ' : ''}Calculated optimal cache threshold: ${base} tokens`);
	if (factors) {
		const current = call.systemTokens + call.conversationTokens;
		script.log('debug', site, `${indent}Context: 200000, Messages: ${call.messages}, Current: ${current}`);
		script.log('debug', site, `${indent}Factors - Stage: 0.3, Context: 1.0, Density: 1.0`);
	}
};

const writeSystemBlock = (script: Script, call: MarkedPrompt, {sites, emoji}: PlanStyle): boolean => {
	const tokens = call.systemTokens;
	if (tokens < applicationMinimum) {
		const text = `System prompt too small for caching: ${tokens} tokens`;
		script.intend('debug', sites.systemTooSmall, text, skip('system', tokens));
		return false;
	}

	const text = `${emoji ? '🔥 ' : ''}Block 1: Cached system prompt (${tokens} tokens)`;
	script.intend('info', sites.system, text, block(1, tokens));
	return true;
};

/**
 * Writes the lines from `Applying…` to `Final structure…`. Returns the number of marked blocks, 0 if the conversation
 * is too small.
 */
export const writeBlocks = (script: Script, call: MarkedPrompt, style: PlanStyle): number => {
	const {sites, emoji, level} = style;
	const mark = (symbol: string) => (emoji ? `${symbol} ` : '');
	const strategy = emoji ? 'single cache breakpoint strategy' : 'cache strategy';
	script.intend('info', sites.applying, `${mark('📊')}Applying ${strategy} for ${call.messages} messages`);
	const system = writeSystemBlock(script, call, style);
	const {conversationTokens: conversation, chunks} = call;
	script.intend(level, sites.processing, `${mark('📊')}Processing ${call.messages} messages (${conversation} tokens)`);
	if (chunks.length === 0) {
		const text = `Conversation too small for caching: ${conversation} tokens`;
		script.intend('debug', sites.tooSmall, text, skip('conversation', conversation));
		return 0;
	}

	if (call.adjustedFrom !== undefined) {
		const change = `${call.adjustedFrom} → ${call.threshold} tokens (to fit ${conversation} tokens in 3 blocks)`;
		script.log(level, sites.adjusting, `${mark('📈')}Adjusting chunk threshold: ${change}`);
	}

	// The first chunk is number 2 even if the system prompt was not marked.
	chunks.forEach((chunk, index) => {
		const text = `${mark('🔥')}Block ${index + 2}: Cached chunk (${chunkText(chunk, style.chunkDetail)})`;
		script.intend(level, sites.chunk, text, block(index + 2, chunk.tokens));
	});
	const used = chunks.length + (system ? 1 : 0);
	script.intend(level, sites.created, `${mark('✅')}Created ${chunks.length} conversation cache blocks`);
	script.intend(level, sites.total, `${mark('🎯')}Total cache blocks used: ${used}/4`);
	const structure = `${used} cache breakpoints, ${call.messages + 1} total blocks`;
	script.intend(level, sites.final, `${mark('✅')}Final structure: ${structure}`);
	return used;
};

/** Writes the last line before the call. @param used the result of `writeBlocks` */
export const writeValidation = (script: Script, used: number, {sites, emoji, validation}: PlanStyle) => {
	const count = {
		'of-four': `${used}/4 blocks`,
		'with-system': `${used} conversation blocks (+ system prompt = ${used + 1} total)`,
		conversation: `${used} conversation blocks`,
	}[validation];
	script.log('debug', sites.validation, `${emoji ? '✅ ' : ''}Cache validation passed: ${count}`);
};

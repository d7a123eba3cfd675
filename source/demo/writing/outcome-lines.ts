import {sites} from '../call-sites.js';
import type {SimulatedCall} from '../simulated-call.js';
import type {LogLevel} from './log-record.js';
import type {Script} from './script.js';

/** Writes the lines after the canonical usage line, since 2025-09-22: a hit hides a write. */
export const writeCacheResult = (script: Script, {reported}: SimulatedCall, level: LogLevel) => {
	const {prompt, cacheRead, cacheWrite} = reported;
	if (cacheRead > 0) {
		const percent = prompt > 0 ? ((cacheRead / prompt) * 100).toFixed(1) : '0.0';
		script.log(level, sites.billing, `🎯 CACHE HIT: ${cacheRead}/${prompt} tokens (${percent}%)`);
	} else if (cacheWrite > 0) {
		script.log(level, sites.billing, `💾 CACHE WRITE: ${cacheWrite} tokens stored for future use`);
	} else {
		script.log('debug', sites.billing, `❌ NO CACHE: All ${prompt} tokens processed fresh`);
	}
};

/** Writes the lines about money; a local backend deducts nothing. */
export const writeBilling = (script: Script, call: SimulatedCall, level: LogLevel, writesApart: boolean) => {
	const {cost, reported} = call;
	const dollars = (amount: number) => `$${amount.toFixed(6)}`;
	if (call.billed) {
		if (reported.cacheRead > 0) {
			const cached = writesApart
				? `cached_read=${dollars(cost.cacheRead)} + cache_write=${dollars(cost.cacheWrite)}`
				: `cached=${dollars(cost.cacheRead)}`;
			const rest = `regular=${dollars(cost.regular)} = total=${dollars(cost.total)}`;
			script.log(level, sites.deduct, `[BILLING] Cost breakdown: ${cached} + ${rest}`);
		}

		script.log(level, sites.deduct, `[BILLING] Calculated cost: ${dollars(cost.total)} for ${call.model}`);
		const balance = `New balance: $41.37 (expiring: $${cost.total.toFixed(2)}, non-expiring: $0.00)`;
		script.log(
			level,
			sites.deduct,
			`[BILLING] Successfully deducted ${dollars(cost.total)} from user ${call.user}. ${balance}`,
		);
	}

	script.log('info', sites.billing, `Successfully deducted ${dollars(call.billed ? cost.total : 0)}`);
};

/** Writes the usage line since 2025-10-04 and the lines around it. @param writesApart as since 2025-11-22 */
export const writeUsageType = (script: Script, call: SimulatedCall, level: LogLevel, writesApart: boolean) => {
	const {reported} = call;
	script.log(level, sites.billing, `💰 Processing billing for LLM response: chatcmpl-${script.random.uuid()}`);
	if (writesApart && reported.cacheWrite > 0) {
		const text = `${reported.cacheWrite} tokens will be charged at cache write rates`;
		script.log(level, sites.billing, `💾 CACHE CREATION TOKENS DETECTED: ${text}`);
	}

	const type = {exact: 'EXACT', estimated: 'ESTIMATED', fallback: 'FALLBACK ESTIMATE'}[call.accuracy];
	const usage = `prompt=${reported.prompt}, completion=${reported.completion}, cache_read=${reported.cacheRead}, cache_creation=${reported.cacheWrite}`;
	script.conclude(level, sites.billing, `💰 Usage type: ${type} - ${usage}`, 'full');
	writeCacheResult(script, call, level);
	writeBilling(script, call, level, writesApart);
};

/** Writes what is logged if the provider sent no usage. */
export const writeEstimate = (script: Script, call: SimulatedCall, level: LogLevel) => {
	const {prompt, completion, total} = call.reported;
	script.log(
		'warning',
		sites.estimate,
		`⚠️ ESTIMATED TOKEN USAGE (no exact data): prompt=${prompt}, completion=${completion}`,
	);
	const dict = `{'prompt_tokens': ${prompt}, 'completion_tokens': ${completion}, 'total_tokens': ${total}, 'estimated': True}`;
	script.log(level, sites.recovery, `💰 BILLING RECOVERY - Usage (ESTIMATED): ${dict}`);
};

/** A model's name without the provider's prefix, as in responses. */
export const bareModel = (model: string): string => model.slice(model.lastIndexOf('/') + 1);

import {sites} from '../../source/demo/call-sites.js';
import type {SimulatedCall} from '../../source/demo/simulated-call.js';
import {writeCall, writeStart} from '../../source/demo/writing/generation.js';
import {writeBilling, writeCacheResult} from '../../source/demo/writing/outcome-lines.js';
import {
	type PlanStyle,
	writeBlocks,
	writeThreshold,
	writeUnsupported,
	writeValidation,
} from '../../source/demo/writing/plan-lines.js';
import {pythonRepr} from '../../source/demo/writing/python-text.js';
import type {Script} from '../../source/demo/writing/script.js';
import {usageDict, usageRepr} from '../../source/demo/writing/usage-text.js';
import {planSites2025October} from './call-sites.js';

/** How 2025-10-01 plans. */
export const style20251001: PlanStyle = {
	sites: planSites2025October,
	emoji: true,
	level: 'info',
	chunkDetail: 'messages',
	validation: 'of-four',
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

import type {CallSite} from './writing/log-record.js';

/** A location in the backend's source code, as in its log lines. */
export const at = (filename: string, functionName: string, line: number): CallSite => ({filename, functionName, line});

const strategy = 'apply_anthropic_caching_strategy';
const threshold = 'calculate_optimal_cache_threshold';
const streaming = 'process_streaming_response';

/** Where the lines of a plan are logged. */
export type PlanSites = {
	readonly input: CallSite;
	readonly unsupported: CallSite;
	readonly building: CallSite;
	readonly stored: CallSite;
	readonly threshold: CallSite;
	readonly applying: CallSite;
	readonly system: CallSite;
	readonly systemTooSmall: CallSite;
	readonly processing: CallSite;
	readonly tooSmall: CallSite;
	readonly adjusting: CallSite;
	readonly chunk: CallSite;
	readonly created: CallSite;
	readonly total: CallSite;
	readonly final: CallSite;
	readonly validation: CallSite;
};

/** The locations in the version of the backend that stores blocks. */
export const planSitesStoredBlocks: PlanSites = {
	input: at('prompt_caching.py', strategy, 373),
	unsupported: at('prompt_caching.py', strategy, 379),
	building: at('prompt_caching.py', strategy, 414),
	stored: at('prompt_caching.py', strategy, 428),
	threshold: at('prompt_caching.py', threshold, 306),
	applying: at('prompt_caching.py', strategy, 458),
	system: at('prompt_caching.py', strategy, 474),
	systemTooSmall: at('prompt_caching.py', strategy, 478),
	processing: at('prompt_caching.py', strategy, 487),
	tooSmall: at('prompt_caching.py', strategy, 492),
	adjusting: at('prompt_caching.py', strategy, 515),
	chunk: at('prompt_caching.py', 'create_conversation_chunks', 616),
	created: at('prompt_caching.py', strategy, 527),
	total: at('prompt_caching.py', strategy, 537),
	final: at('prompt_caching.py', strategy, 546),
	validation: at('prompt_caching.py', 'validate_cache_blocks', 700),
};

/** Where all other lines are logged. Line numbers vary by version. */
export const sites = {
	starting: at('thread_manager.py', 'run_thread', 256),
	messages: at('thread_manager.py', 'get_llm_messages', 176),
	run: at('thread_manager.py', '_execute_run', 461),
	sending: at('thread_manager.py', '_execute_run', 523),
	compressor: at('context_manager.py', 'compress_messages', 754),
	storedBlocks: at('prompt_caching.py', 'store_cached_blocks', 144),
	storedThreshold: at('prompt_caching.py', 'store_threshold', 61),
	invalidated: at('prompt_caching.py', 'invalidate_cached_blocks', 171),
	glitchtip: at('prompt_caching.py', '_log_cache_metrics_to_glitchtip', 527),
	call: at('llm.py', 'make_llm_api_call', 191),
	call2026: at('llm.py', 'make_llm_api_call', 206),
	cacheControl: at('llm.py', 'make_llm_api_call', 376),
	streamed: at('llm.py', '_wrap_streaming_response', 349),
	response: at('response_processor.py', streaming, 342),
	recovery: at('response_processor.py', streaming, 1005),
	estimate: at('response_processor.py', '_estimate_token_usage', 130),
	usageData: at('response_processor.py', '_extract_usage_data', 379),
	addMessage: at('thread_manager.py', 'add_message', 131),
	billing: at('thread_manager.py', '_handle_billing', 141),
	deduct: at('billing_integration.py', 'deduct_usage', 64),
	batch: at('batch.py', '_process_billing', 207),
} as const satisfies Readonly<Record<string, CallSite>>;

import {at, type PlanSites} from '../../source/demo/call-sites.js';

const strategy = 'apply_anthropic_caching_strategy';
const threshold = 'calculate_optimal_cache_threshold';
const strategy2026 = 'apply_caching_strategy';

export const planSites2025October: PlanSites = {
	input: at('prompt_caching.py', strategy, 240),
	unsupported: at('prompt_caching.py', strategy, 246),
	building: at('prompt_caching.py', strategy, 255),
	stored: at('prompt_caching.py', strategy, 258),
	threshold: at('prompt_caching.py', threshold, 176),
	applying: at('prompt_caching.py', strategy, 265),
	system: at('prompt_caching.py', strategy, 281),
	systemTooSmall: at('prompt_caching.py', strategy, 285),
	processing: at('prompt_caching.py', strategy, 294),
	tooSmall: at('prompt_caching.py', strategy, 299),
	adjusting: at('prompt_caching.py', strategy, 310),
	chunk: at('prompt_caching.py', 'create_conversation_chunks', 391),
	created: at('prompt_caching.py', strategy, 319),
	total: at('prompt_caching.py', strategy, 329),
	final: at('prompt_caching.py', strategy, 338),
	validation: at('prompt_caching.py', 'validate_cache_blocks', 475),
};

export const planSites2026: PlanSites = {
	input: at('prompt_caching.py', strategy2026, 208),
	unsupported: at('prompt_caching.py', strategy2026, 214),
	building: at('prompt_caching.py', strategy2026, 220),
	stored: at('prompt_caching.py', strategy2026, 232),
	threshold: at('prompt_caching.py', threshold, 160),
	applying: at('prompt_caching.py', strategy2026, 265),
	system: at('prompt_caching.py', strategy2026, 284),
	systemTooSmall: at('prompt_caching.py', strategy2026, 288),
	processing: at('prompt_caching.py', strategy2026, 296),
	tooSmall: at('prompt_caching.py', strategy2026, 300),
	adjusting: at('prompt_caching.py', strategy2026, 322),
	chunk: at('prompt_caching.py', 'create_conversation_chunks', 531),
	created: at('prompt_caching.py', strategy2026, 331),
	total: at('prompt_caching.py', strategy2026, 337),
	final: at('prompt_caching.py', strategy2026, 345),
	validation: at('prompt_caching.py', 'validate_cache_blocks', 595),
};

import {type Generation, generation20251016} from '../../source/demo/writing/generation.js';
import {write20251001} from './generation-2025-10-01.js';
import {write20250917, write20250919} from './generations-2025-09.js';
import {write202603, write20251124, write20251127, write20251218} from './generations-later.js';

/** The points in the backend's history whose log lines differ, by date. */
export const generationNames = [
	'2025-09-17',
	'2025-09-19',
	'2025-10-01',
	'2025-10-16',
	'2025-11-24',
	'2025-11-27',
	'2025-12-18',
	'2026-03',
] as const;

export type GenerationName = (typeof generationNames)[number];

const sonnet4 = 'anthropic/claude-sonnet-4-20250514';
const sonnet45 = 'anthropic/claude-sonnet-4-5-20250929';
const haiku45 = 'anthropic/claude-haiku-4-5';
const gpt5 = 'openai/gpt-5-mini';

const autumn = {
	models: [sonnet4, 'claude-sonnet-4', gpt5],
	promptIncludesWrites: () => false,
	billsWrites: false,
	estimates: false,
	exceptions: 'dicts',
} as const;

const winter = {
	models: [sonnet45, haiku45, gpt5],
	marks: 'chunks',
	lifetime: '5m',
	promptIncludesWrites: () => true,
	billsWrites: true,
	estimates: true,
	exceptions: 'console-traceback',
} as const;

/** All generations by name. */
export const generations: Readonly<Record<GenerationName, Generation>> = {
	'2025-09-17': {...autumn, marks: 'history', lifetime: '5m', write: write20250917},
	'2025-09-19': {...autumn, marks: 'final-message', lifetime: '1h', write: write20250919},
	'2025-10-01': {...autumn, models: [sonnet45, sonnet4, gpt5], marks: 'chunks', lifetime: '5m', write: write20251001},
	'2025-10-16': generation20251016,
	'2025-11-24': {...winter, exceptions: 'dicts', write: write20251124},
	'2025-11-27': {...winter, write: write20251127},
	'2025-12-18': {...winter, write: write20251218},
	'2026-03': {
		...winter,
		models: ['kortix/basic', 'kortix/power', 'openrouter/anthropic/claude-haiku-4.5'],
		estimates: false,
		exceptions: 'json-flag',
		write: write202603,
	},
};

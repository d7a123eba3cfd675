import {cacheFamily} from '../breaks/cache-family.js';
import {minimumOf} from '../models/minimum-size.js';
import {count, plural} from '../number-words.js';
import {blockLimit} from '../sums/measures.js';
import type {Rule} from './recommendation.js';

/** Number of requests without a hit that rules out chance. */
const enough = 5;

const isMarkedInVain: Rule = ({summary, total: {markedMeasured}}) => {
	if (summary.basis !== 'measured' || markedMeasured < enough || summary.hits > 0) {
		return undefined;
	}
	const {netSavings} = summary.money;
	const cost = netSavings !== undefined && netSavings < 0 ? -netSavings : undefined;
	const marked = plural(markedMeasured, 'request');
	return summary.tokens.written === 0
		? {
				id: 'marked-never-written',
				severity: 'critical',
				evidence: `${marked} marked blocks for caching, and nothing was ever written to the cache or read from it.`,
				action:
					"Check whether the marks arrive: a gateway or API mode may drop cache_control, the model may not cache, or the prompt may be below the model's minimum.",
				cost,
			}
		: {
				id: 'marked-never-read',
				severity: 'critical',
				evidence: `${marked} marked blocks for caching; they were written and never read.`,
				action:
					'Compare two consecutive prompts of a thread: something at their start changes every time (a date, an id, the order of tools).',
				cost,
			};
};

/** Break-even of 5-minute and 1-hour writes at standard prices, in reads per written token. */
const breakEven5m = 0.28;
const breakEven1h = 1.11;

const writesNotRead: Rule = ({summary}) => {
	const {writeAmortization, netSavings} = summary.money;
	if (summary.basis !== 'measured' || writeAmortization === undefined) {
		return undefined;
	}
	const needed = summary.tokens.cacheWrite1h > summary.tokens.cacheWrite5m ? breakEven1h : breakEven5m;
	const isLoss = netSavings !== undefined && netSavings < 0;
	return writeAmortization < needed
		? {
				id: 'writes-not-read',
				severity: isLoss ? 'critical' : 'warning',
				evidence: `A written token is read ${writeAmortization.toFixed(2)} times; it pays from ${needed}.`,
				action:
					'Do not mark what is sent only once: cache from the second request of a thread on, or the shared system prompt alone.',
				cost: isLoss ? -netSavings : undefined,
			}
		: undefined;
};

/** Models with an automatic cache from which nothing was read, although the prompts are large enough. */
const automaticNeverHits: Rule = ({models, summary, breaks}) => {
	const found = models.filter(
		({name, summary: {rated, hits, tokens}}) =>
			cacheFamily(name) === 'automatic' &&
			rated >= enough &&
			hits === 0 &&
			tokens.written === 0 &&
			(tokens.input - tokens.cacheUnknown) / rated >= minimumOf(name),
	);
	const [first] = found;
	return summary.basis === 'measured' && first
		? {
				id: 'automatic-never-hits',
				severity: 'warning',
				evidence: `${first.name}${found.length > 1 ? ` and ${plural(found.length - 1, 'other model')}` : ''} cached nothing in ${plural(
					found.reduce((sum, group) => sum + group.summary.rated, 0),
					'request',
				)}, although the prompts are large enough.`,
				action:
					'Begin all prompts of a conversation with the same text and tools, and send them to the same endpoint (for OpenAI: prompt_cache_key).',
				cost: breaks.byCause.find(({cause}) => cause === 'not-read')?.lostCost,
			}
		: undefined;
};

const belowMinimum: Rule = ({blocks}) =>
	blocks.belowMinimum !== undefined && blocks.belowMinimum > 0
		? {
				id: 'below-minimum',
				severity: 'warning',
				evidence: `${plural(blocks.belowMinimum, 'request')} marked less than the model's minimum, which does nothing.`,
				action:
					'Raise the threshold of the application to the minimum of the model in use, or move more of the prompt into the cached part.',
				cost: undefined,
			}
		: undefined;

const tooSmall: Rule = ({blocks, summary}) => {
	const all = summary.requests;
	return blocks.tooSmall > 0 && all > 0 && blocks.tooSmall / all > 0.2
		? {
				id: 'prompt-too-small',
				severity: 'note',
				evidence: `${plural(blocks.tooSmall, 'request')} of ${count(all)} left a part of the prompt unmarked as too small to cache.`,
				action: "Move stable instructions and tools into the system prompt until it exceeds the model's minimum.",
				cost: undefined,
			}
		: undefined;
};

const allBlocks: Rule = ({blocks}) =>
	blocks.atLimit > 0
		? {
				id: 'all-blocks-used',
				severity: 'note',
				evidence: `${plural(blocks.atLimit, 'request')} used all ${blockLimit} cache blocks.`,
				action: 'Larger blocks cover longer conversations: beyond the fourth block nothing more can be marked.',
				cost: undefined,
			}
		: undefined;

/** Advice on what to mark for caching. */
export const markingRules: readonly Rule[] = [
	facts => isMarkedInVain(facts) ?? writesNotRead(facts),
	automaticNeverHits,
	belowMinimum,
	tooSmall,
	allBlocks,
];

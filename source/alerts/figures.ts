/** What a figure of a rule is measured in. */
export type Unit = 'percent' | 'dollars' | 'tokens' | 'requests' | 'times' | 'ratio';

/** How a figure is named and measured in a sentence. */
export type Figure = {
	/** Begins a sentence. */
	readonly label: string;
	readonly unit: Unit;
	/** How much there is to look at, not how well it went: judged for however few requests, and without a cause. */
	readonly isVolume?: true;
	/** It is not counted for the window before: no rule can compare with that. */
	readonly isOfNow?: true;
	/** It is about breaks, of which nothing is known where no request names its conversation. */
	readonly isOfBreaks?: true;
};

const broken = (label: string, unit: Unit): Figure => ({label, unit, isOfBreaks: true});
const volume = (label: string): Figure => ({label, unit: 'requests', isVolume: true});
const plans = (label: string): Figure => ({label, unit: 'requests', isOfNow: true});

/** The figures that a rule may be about: those of the report's JSON, by their names there. */
export const figures: Readonly<Record<string, Figure>> = {
	hit_rate: {label: 'Hit rate', unit: 'percent'},
	token_hit_rate: {label: 'Token hit rate', unit: 'percent'},
	savings: {label: 'Net savings', unit: 'dollars'},
	savings_percent: {label: 'Net savings rate', unit: 'percent'},
	'breaks.lost_cost': broken('Cost of lost cache', 'dollars'),
	'breaks.lost_tokens': broken('Cached tokens lost', 'tokens'),
	'breaks.total': broken('Cache breaks', 'times'),
	'breaks.provisional': broken('Provisional breaks', 'times'),
	'breaks.unpriced': broken('Breaks without a price', 'times'),
	break_rate: broken('Break rate', 'percent'),
	total_events: volume('Requests'),
	cache_hits: {label: 'Hits', unit: 'requests'},
	cache_misses: {label: 'Misses', unit: 'requests'},
	unmeasured: volume('Unmeasured requests'),
	estimated: volume('Estimated requests'),
	cache_unknown: {label: 'Input tokens of unmeasured requests', unit: 'tokens'},
	total_tokens_saved: {label: 'Tokens saved', unit: 'tokens'},
	avg_tokens_per_hit: {label: 'Tokens saved per hit', unit: 'tokens'},
	original_cost: {label: 'Cost without cache', unit: 'dollars'},
	cached_cost: {label: 'Cost with cache', unit: 'dollars'},
	gross_savings: {label: 'Gross savings', unit: 'dollars'},
	write_premium: {label: 'Write premium', unit: 'dollars'},
	write_amortization: {label: 'Write amortization', unit: 'ratio'},
	output_cost: {label: 'Output cost', unit: 'dollars'},
	price_coverage: {label: 'Price coverage', unit: 'percent'},
	'tokens.input': {label: 'Input tokens', unit: 'tokens'},
	'tokens.uncached': {label: 'Uncached tokens', unit: 'tokens'},
	'tokens.cache_read': {label: 'Tokens read from the cache', unit: 'tokens'},
	'tokens.cache_write_5m': {label: 'Tokens written for 5 minutes', unit: 'tokens'},
	'tokens.cache_write_1h': {label: 'Tokens written for 1 hour', unit: 'tokens'},
	'tokens.output': {label: 'Output tokens', unit: 'tokens'},
	'planned.hit_rate': {label: 'Planned hit rate', unit: 'percent'},
	'planned.hits': {label: 'Planned hits', unit: 'requests'},
	'planned.misses': {label: 'Planned misses', unit: 'requests'},
	'blocks.at_limit': plans('Requests that used all blocks'),
	'blocks.below_minimum': plans("Requests below the model's minimum"),
	'blocks.too_small': plans('Requests with a part too small to cache'),
	'blocks.unsupported': plans('Requests to models without caching'),
	'blocks.reused': plans('Requests that used stored blocks again'),
};

/** Put before the name of a figure of the window before: `previous.hit_rate`. */
export const before = 'previous.';

/** The figure of a name, `previous.hit_rate` among them; undefined if there is none. */
export const figureOf = (name: string): Figure | undefined => {
	const isBefore = name.startsWith(before);
	const own = isBefore ? name.slice(before.length) : name;
	const figure = Object.hasOwn(figures, own) ? figures[own] : undefined;
	return isBefore && figure ? beforeOf(figure) : figure;
};

const beforeOf = (figure: Figure): Figure | undefined =>
	figure.isOfNow
		? undefined
		: {...figure, label: `Previous ${figure.label.charAt(0).toLowerCase()}${figure.label.slice(1)}`};

/** Every name that a rule may use. */
export const figureNames = (): readonly string[] =>
	Object.entries(figures).flatMap(([name, {isOfNow}]) => (isOfNow ? [name] : [name, `${before}${name}`]));

import type {Group, GroupBy} from '../../metrics/groups.js';
import type {GroupJson} from '../json/schema/group.js';
import {formatTime} from '../numbers.js';
import type {Column} from './table.js';

/** A group and its figures as in the JSON. */
type GroupRow = {readonly group: Group; readonly figures: GroupJson};

/** The columns of a table of groups, named as in the JSON; the first is named after the grouping. */
export const groupColumns = (by: GroupBy): readonly Column<GroupRow>[] => [
	[by, ({group}) => group.name],
	['first_seen', ({group}, zone) => formatTime(group.firstTime, zone, 'iso')],
	['last_seen', ({group}, zone) => formatTime(group.lastTime, zone, 'iso')],
	...(by === 'model' ? [] : [['models', ({group}: GroupRow) => group.models.join(' ')] as const]),
	['total_events', ({figures}) => figures.total_events],
	['cache_hits', ({figures}) => figures.cache_hits],
	['cache_misses', ({figures}) => figures.cache_misses],
	['unmeasured', ({figures}) => figures.unmeasured],
	['hit_rate', ({figures}) => figures.hit_rate],
	['token_hit_rate', ({figures}) => figures.token_hit_rate],
	['total_tokens_saved', ({figures}) => figures.total_tokens_saved],
	['uncached', ({figures}) => figures.tokens.uncached],
	['cache_read', ({figures}) => figures.tokens.cache_read],
	['cache_write_5m', ({figures}) => figures.tokens.cache_write_5m],
	['cache_write_1h', ({figures}) => figures.tokens.cache_write_1h],
	['output', ({figures}) => figures.tokens.output],
	['original_cost', ({figures}) => figures.original_cost],
	['cached_cost', ({figures}) => figures.cached_cost],
	['savings', ({figures}) => figures.savings],
	['savings_percent', ({figures}) => figures.savings_percent],
	['output_cost', ({figures}) => figures.output_cost],
	['price_coverage', ({figures}) => figures.price_coverage],
	['breaks', ({figures}) => figures.breaks.total],
	['lost_tokens', ({figures}) => figures.breaks.lost_tokens],
	['lost_cost', ({figures}) => figures.breaks.lost_cost],
	['cheapest_policy', ({figures}) => figures.cheapest_policy],
];

import * as v from 'valibot';
import {count, countOrNull, described, instantOrNull, text, textOrNull} from './values.js';

/** A log that was read. */
export const logSchema = v.strictObject({
	name: text('As it was given.'),
	format: textOrNull('Null as long as it is not recognised.'),
	bytes: count('Size as stored.'),
	lines: count('Lines read.'),
	modified: instantOrNull('Its last write; null for streams.'),
});

/** Usage that a log records only as a sum over several calls. */
export const sumSchema = v.strictObject({
	source: text('The name of the log.'),
	requests: countOrNull('How many calls it sums; null where the log does not tell.'),
	tokens: described(
		v.strictObject({
			uncached: count('Input tokens neither read from nor written to the cache.'),
			cache_read: count('Input tokens read from the cache.'),
			cache_write_5m: count('Input tokens written to the cache for 5 minutes.'),
			cache_write_1h: count('Input tokens written to the cache for an hour.'),
			output: count('Output tokens.'),
			input: count('All input tokens.'),
		}),
		'Tokens of all its calls.',
	),
});

/** Lines skipped or counted with doubt in all logs, by reason. */
export const skippedSchema = v.strictObject({
	repeats: count('Repeats of usage already counted.'),
	dry_runs: count('Plans without a call in a log that shows calls.'),
	look_alikes: count('Lines that only look like cache lines.'),
	broken_json: count('Lines that begin like JSON and cannot be parsed.'),
	without_message: count('Journal entries whose message was left out because it was long.'),
	too_long: count('Lines longer than is looked through (16 KB with --pattern), in whose beginning nothing was found.'),
	untimed: count(
		'Cache lines without a time of their own: they have that of the line before, else none, and are in no window but `all`.',
	),
});

/** Why a log could not be read. */
export const problemSchema = v.strictObject({
	kind: text('missing, unreadable, binary, unrecognised and so on.'),
	name: text('The path as it was given.'),
	message: text('One line that a user can act on.'),
	count: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('How many times.')),
});

import * as v from 'valibot';
import {parseClickhouseAddress} from '../fleet/table/address.js';
import {formatNames} from '../formats/names.js';
import {parseWindow, windowForm} from '../metrics/windows/window.js';
import {parseZone} from '../time/zones.js';
import {channel} from './channel-schema.js';
import {parsePrices} from './parse-prices.js';
import {promptTokenWords} from './prompt-tokens.js';
import {duration, exact, exactObject, flag, numberFrom, oneOf, parsed, secret, text, texts} from './shapes.js';

const zone = parsed(value => parseZone(value, '--tz'));

const windowName = v.pipe(
	text,
	v.check(value => parseWindow(value) !== undefined, `expected ${windowForm}.`),
);

const prices = v.pipe(
	v.record(text, text, 'expected an object: {"MODEL": "INPUT,READ"}.'),
	v.rawCheck(({dataset, addIssue}) => {
		for (const [model, price] of dataset.typed ? Object.entries(dataset.value) : []) {
			try {
				parsePrices([`${model}=${price}`]);
			} catch (error) {
				addIssue({message: (error as Error).message.replace(/^--price: /, '')});
			}
		}
	}),
);

const names = v.pipe(
	v.array(channel, 'expected a list: [{"type": …}].'),
	v.check(
		channels => new Set(channels.map(({name, type}) => name ?? type)).size === channels.length,
		'two channels have the same name: give each a "name" of its own.',
	),
);

const alerts = exactObject({
	/** In the syntax of `--fail-if`. */
	rules: v.optional(texts),
	minRequests: v.optional(v.pipe(numberFrom(0, 1e9), v.integer('expected a whole number.'))),
	window: v.optional(windowName),
	cooldown: v.optional(duration),
	/** In percent of the limit. */
	hysteresis: v.optional(numberFrom(0, 100)),
	channels: v.optional(names),
});

/** The config file. Keys are named like the flags for which they are defaults. */
export const settingsSchema = exactObject({
	sources: v.optional(texts),
	exec: v.optional(texts),
	window: v.optional(windowName),
	/** Named instants such as deploys; times in the syntax of `--since`. */
	marks: v.optional(v.array(exact({name: text, time: text}), 'expected a list: [{"name": …, "time": …}].')),
	tz: v.optional(zone),
	logTz: v.optional(zone),
	format: v.optional(oneOf(formatNames)),
	pattern: v.optional(v.string()),
	promptTokens: v.optional(oneOf(promptTokenWords)),
	model: v.optional(text),
	/** By model, in the syntax of `--price`. */
	prices: v.optional(prices),
	color: v.optional(flag),
	ascii: v.optional(flag),
	mouse: v.optional(flag),
	theme: v.optional(text),
	exportDir: v.optional(text),
	store: v.optional(flag),
	/** In days. */
	retention: v.optional(
		v.pipe(
			v.number('expected a number of days.'),
			v.check(days => days > 0 && days <= 36_500, 'expected a number of days above 0.'),
		),
	),
	/** Where `serve` ships to: like `--ship`, `--as` and `--hash-threads`. */
	ship: v.optional(
		exactObject({
			to: v.optional(parsed(parseClickhouseAddress)),
			as: v.optional(text),
			hashThreads: v.optional(flag),
		}),
	),
	/** Credentials for ClickHouse; `ca` is a file with CA certificates. */
	clickhouse: v.optional(exactObject({user: v.optional(text), password: v.optional(secret), ca: v.optional(text)})),
	alerts: v.optional(alerts),
});

/** The validated config file: defaults for flags, and alerts. */
export type Settings = v.InferOutput<typeof settingsSchema>;

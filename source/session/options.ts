import {UsageError} from '../errors.js';
import type {PromptTokens} from '../formats/format.js';
import {formatNames, namedFormats} from '../formats/names.js';
import type {Against} from '../metrics/compare.js';
import {type Filter, filterNames} from '../metrics/filter.js';
import {type GroupBy, groupings} from '../metrics/groups.js';
import type {Mark} from '../metrics/marks.js';
import type {PriceOverride} from '../metrics/money/pricing.js';
import type {WindowChoice} from '../metrics/windows/window.js';
import {parsePrices} from '../settings/parse-prices.js';
import {promptTokensOf} from '../settings/prompt-tokens.js';
import type {Settings} from '../settings/schema.js';
import {parseWhen} from '../time/when.js';
import {parseZone, systemZone} from '../time/zones.js';
import type {Flags} from './defaults.js';
import {parseAgainst} from './parse-against.js';
import {parseDays, parseWindowFlags} from './window-flags.js';

/** The validated options. */
export type Options = {
	/** The sources as given; empty for the default places. */
	readonly sources: readonly string[];
	/** Marks of the config file. */
	readonly marks: readonly Mark[];
	/** Part of a mark's name, if the report starts at that mark. */
	readonly sinceMark: string | undefined;
	/** Undefined if no flag names a window. */
	readonly window: WindowChoice | undefined;
	readonly exports: readonly string[];
	readonly exportFolder: string;
	readonly json: boolean;
	/** True if the JSON lists every request. */
	readonly events: boolean;
	/** IANA name of the zone for displayed times. */
	readonly zone: string;
	/** IANA name of the zone for logged times without one. */
	readonly logZone: string;
	readonly format: string | undefined;
	/** The model whose prices apply to requests without a model. */
	readonly planModel: string | undefined;
	/** The filter; empty for all requests. */
	readonly filter: Filter;
	/** Adds a table of groups to the report. */
	readonly groupBy: GroupBy | undefined;
	/** What the window is compared with. */
	readonly against: Against | undefined;
	readonly prices: ReadonlyMap<string, PriceOverride | string>;
	/** A regular expression for the user's own lines. */
	readonly pattern: string | undefined;
	readonly promptTokens: PromptTokens | undefined;
	readonly colour: boolean;
	readonly ascii: boolean;
	/** True if the screen handles the mouse. */
	readonly mouse: boolean;
	readonly demo: boolean;
	/** Commands whose output is read. */
	readonly exec: readonly string[];
	/** True if requests are saved to disk. */
	readonly keep: boolean;
	/** Milliseconds after which requests are deleted; undefined keeps all. */
	readonly retention: number | undefined;
	/** The theme; undefined for the default. */
	readonly theme: string | undefined;
	/** The user's title for reports; undefined for the default. */
	readonly title: string | undefined;
	/** True if nothing is written to standard output. */
	readonly quiet: boolean;
	/** Number of dated exports kept in a folder; undefined keeps all. */
	readonly keepFiles: number | undefined;
	/** Credentials for ClickHouse from the config file. */
	readonly clickhouse: Settings['clickhouse'];
};

/** Themes of the screen, in the order in which its key cycles through them. */
export const themeNames = ['dark', 'light', 'mono'] as const;
/** Name of a theme. */
export type ThemeName = (typeof themeNames)[number];

/**
 * Validates flags.
 * @param now epoch milliseconds
 * @throws UsageError with one line that says what is wrong and what is allowed
 */
export const parseOptions = (sources: readonly string[], flags: Flags, now: number): Options => {
	const zone = flags.tz === undefined ? systemZone() : parseZone(flags.tz, '--tz');
	if ([...sources, ...(flags.logFile ?? [])].some(name => name.trim() === '')) {
		throw new UsageError('A SOURCE is empty: an unset variable? Name a file, a folder, or - for standard input.');
	}
	if (flags.exec?.some(command => command.trim() === '')) {
		throw new UsageError(
			"--exec: the command is empty: an unset variable? Name one, as in --exec 'docker logs -f web'.",
		);
	}
	if (flags.format !== undefined && !formatNames.includes(flags.format)) {
		throw new UsageError(`--format: unknown format "${flags.format}". Choose from ${namedFormats.join(', ')}.`);
	}
	if (flags.theme !== undefined && !themeNames.some(name => name === flags.theme)) {
		throw new UsageError(`--theme: unknown theme "${flags.theme}". Choose from ${themeNames.join(', ')}.`);
	}
	if (flags.promptTokens !== undefined && promptTokensOf(flags.promptTokens) === undefined) {
		throw new UsageError('--prompt-tokens: say "included" or "excluded": whether they contain the tokens written.');
	}
	refuseSilentOutput(flags);
	return {
		sources: [...sources, ...(flags.logFile ?? [])],
		window: parseWindowFlags(flags, now, zone),
		marks: (flags.marks ?? []).map(({name, time}) => ({name, time: parseWhen(time, 'marks', now, zone)})),
		sinceMark: flags.sinceMark,
		exports: flags.export ?? [],
		exportFolder: flags.exportDir ?? '.',
		json: flags.json ?? false,
		events: flags.events ?? true,
		zone,
		logZone: flags.logTz === undefined ? 'UTC' : parseZone(flags.logTz, '--log-tz'),
		format: flags.format,
		pattern: flags.pattern,
		planModel: flags.model ?? flags.planModel,
		clickhouse: flags.clickhouse,
		filter: parseFilter(flags),
		groupBy: parseGroupBy(flags.groupBy),
		against: flags.compare === undefined ? undefined : parseAgainst(flags.compare, '--compare', now, zone),
		prices: parsePrices(flags.price ?? []),
		promptTokens: promptTokensOf(flags.promptTokens),
		colour: flags.color ?? true,
		ascii: flags.ascii ?? false,
		mouse: flags.mouse ?? true,
		demo: flags.demo ?? false,
		exec: flags.exec ?? [],
		keep: flags.store ?? true,
		theme: flags.theme,
		title: flags.title,
		quiet: flags.quiet ?? false,
		keepFiles: flags.keep === undefined ? undefined : parseKeep(flags.keep),
		retention: flags.retention === undefined ? undefined : parseDays(flags.retention, '--retention') * 86_400_000,
	};
};

/** Rejects --quiet together with flags that write to standard output. */
const refuseSilentOutput = ({quiet, json, export: exports = []}: Flags): void => {
	const output = json ? '--json' : exports.includes('-') ? '--export -' : undefined;
	if (quiet && output !== undefined) {
		throw new UsageError(
			`${output} and --quiet contradict each other: one writes to standard output, the other keeps it empty.`,
		);
	}
};

const parseFilter = (flags: Flags): Filter => {
	const given = filterNames.map(name => [name, flags[name]] as const).filter(([, piece]) => piece !== undefined);
	const blank = given.find(([, piece]) => piece?.trim() === '');
	if (blank) {
		throw new UsageError(`--${blank[0]}: say a piece of the name of the ${blank[0]} to look at.`);
	}
	return Object.fromEntries(given);
};

const parseGroupBy = (word: string | undefined): GroupBy | undefined => {
	const found = groupings.find(name => name === word);
	if (word !== undefined && !found) {
		throw new UsageError(`--group-by: unknown grouping "${word}". Choose from ${groupings.join(', ')}.`);
	}
	return found;
};

/**
 * Number of dated exports to keep.
 * @throws UsageError
 */
export const parseKeep = (text: string): number => {
	if (!/^[1-9]\d{0,5}$/.test(text)) {
		throw new UsageError(`--keep: "${text}" is not a valid number of files. Use a whole number above 0, like 30.`);
	}
	return Number(text);
};

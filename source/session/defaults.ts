import {existsSync} from 'node:fs';
import process from 'node:process';
import type {FlagValues} from '../flags/flags.js';
import {configPath} from '../settings/config-path.js';
import type {Settings} from '../settings/schema.js';
import {homeFolder} from '../system/home.js';

/** Flags combined with the config file, which has some settings without a flag. */
export type Flags = FlagValues & {
	/** Named instants. */
	readonly marks?: readonly {readonly name: string; readonly time: string}[] | undefined;
	/** The model whose prices apply to requests without a model. */
	readonly planModel?: string | undefined;
	/** Credentials for ClickHouse; the environment takes precedence. */
	readonly clickhouse?: Settings['clickhouse'];
};

/**
 * Reads the config file; empty if there is none. The code that parses it is loaded only if there is one.
 * @param path of a file that the user named
 * @throws UsageError with one line about the error in the file
 */
export const readSettings = async (path: string | undefined): Promise<Settings> => {
	const place = {env: process.env, home: homeFolder(), platform: process.platform};
	const usual = path ?? configPath(place);
	if (path === undefined && (usual === undefined || !existsSync(usual))) {
		return {};
	}
	const {loadSettings} = await import('../settings/settings.js');
	return loadSettings({...place, path});
};

/** Combines flags and named sources with the config file; the command line takes precedence. */
export const withDefaults = (
	sources: readonly string[],
	flags: Flags,
	settings: Settings,
): {readonly sources: readonly string[]; readonly flags: Flags} => {
	const named = [...sources, ...(flags.logFile ?? []), ...(flags.exec ?? [])].length > 0 || flags.demo === true;
	const hasWindow = [flags.days, flags.window, flags.since, flags.until, flags.sinceMark].some(
		flag => flag !== undefined,
	);
	return {
		sources: named ? sources : (settings.sources ?? []),
		flags: {
			...flags,
			exec: named ? flags.exec : settings.exec,
			window: hasWindow ? flags.window : settings.window,
			tz: flags.tz ?? settings.tz,
			logTz: flags.logTz ?? settings.logTz,
			format: flags.format ?? settings.format,
			pattern: flags.pattern ?? settings.pattern,
			promptTokens: flags.promptTokens ?? settings.promptTokens,
			model: flags.model,
			planModel: settings.model,
			marks: settings.marks,
			clickhouse: settings.clickhouse,
			price: [
				...Object.entries(settings.prices ?? {}).map(([model, price]) => `${model}=${price}`),
				...(flags.price ?? []),
			],
			color: (flags.color ?? true) && settings.color !== false,
			ascii: flags.ascii ?? settings.ascii,
			mouse: (flags.mouse ?? true) && settings.mouse !== false,
			theme: flags.theme ?? settings.theme,
			exportDir: flags.exportDir ?? settings.exportDir,
			store: (flags.store ?? true) && settings.store !== false,
			retention: flags.retention ?? (settings.retention === undefined ? undefined : String(settings.retention)),
		},
	};
};

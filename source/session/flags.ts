import type {Settings} from '../settings/settings.js';

/** Flags as the command line gives them. */
export type Flags = {
	readonly logFile?: readonly string[] | undefined;
	readonly days?: string | undefined;
	readonly window?: string | undefined;
	readonly since?: string | undefined;
	readonly until?: string | undefined;
	readonly sinceMark?: string | undefined;
	readonly export?: readonly string[] | undefined;
	readonly exportDir?: string | undefined;
	readonly json?: boolean | undefined;
	readonly events?: boolean | undefined;
	readonly tz?: string | undefined;
	readonly logTz?: string | undefined;
	readonly format?: string | undefined;
	readonly model?: string | undefined;
	readonly project?: string | undefined;
	readonly agent?: string | undefined;
	readonly provider?: string | undefined;
	readonly host?: string | undefined;
	readonly thread?: string | undefined;
	readonly groupBy?: string | undefined;
	readonly compare?: string | undefined;
	readonly price?: readonly string[] | undefined;
	readonly pattern?: string | undefined;
	readonly promptTokens?: string | undefined;
	readonly color?: boolean | undefined;
	readonly ascii?: boolean | undefined;
	readonly mouse?: boolean | undefined;
	readonly demo?: boolean | undefined;
	readonly exec?: readonly string[] | undefined;
	readonly store?: boolean | undefined;
	readonly retention?: string | undefined;
	readonly theme?: string | undefined;
	readonly quiet?: boolean | undefined;
	readonly keep?: string | undefined;
	readonly title?: string | undefined;
	/** What the config file names, and no flag: instants with a name. */
	readonly marks?: readonly {readonly name: string; readonly time: string}[] | undefined;
	/** What the config file names, and no flag: the model that requests are priced as whose log names none. */
	readonly planModel?: string | undefined;
	/** What the config file says of who asks a ClickHouse; the environment wins. */
	readonly clickhouse?: Settings['clickhouse'];
};

import type {Tally} from '../formats/format.js';
import type {LogReading} from '../ingest/log-reading.js';
import type {GroupBy} from '../metrics/groups.js';
import type {PriceList} from '../metrics/money/pricing.js';
import type {Report} from '../metrics/report/report.js';
import type {SourceProblem} from '../sources/source.js';

/** What an output needs besides the report. */
export type OutputContext = {
	/** IANA name of the time zone of all displayed times. */
	readonly zone: string;
	/** The prices that the report was computed with, for the cost of each request. */
	readonly prices: PriceList;
	/** The logs that were read. */
	readonly readings: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** False leaves the single requests out of the JSON. */
	readonly events?: boolean | undefined;
	/** The sources and the machine, such as `worker.log on web1`; for pages that are forwarded. */
	readonly subject?: string | undefined;
	/** The user's own title for the page. */
	readonly title?: string | undefined;
	/** The report of another window or group to compare with. */
	readonly against?: Report | undefined;
	/** Adds a table of groups; for CSV, exports groups instead of requests. */
	readonly groupBy?: GroupBy | undefined;
};

/** Lines skipped or read with doubt in all logs, by reason. */
export const skippedLines = (readings: readonly LogReading[]) => {
	const sum = (reason: keyof Tally) => readings.reduce((lines, {tally}) => lines + tally[reason], 0);
	return {
		repeats: sum('repeats'),
		dry_runs: sum('dryRuns'),
		look_alikes: sum('lookAlikes'),
		broken_json: sum('brokenJson'),
		without_message: sum('withoutMessage'),
		too_long: sum('tooLong'),
		untimed: sum('untimed'),
	};
};

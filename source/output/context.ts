import type {Tally} from '../formats/format.js';
import type {LogReading} from '../ingest/log-reading.js';
import type {GroupBy} from '../metrics/groups.js';
import type {PriceList} from '../metrics/money/pricing.js';
import type {Report} from '../metrics/report/report.js';
import type {SourceProblem} from '../sources/source.js';

/** What an output needs beside the report. */
export type OutputContext = {
	/** IANA time zone that people are shown times in. */
	readonly zone: string;
	/** The prices that the report was computed with, for the cost of each request. */
	readonly prices: PriceList;
	/** The logs that were read. */
	readonly readings: readonly LogReading[];
	readonly problems: readonly SourceProblem[];
	/** False leaves the single requests out of the JSON. */
	readonly events?: boolean | undefined;
	/** What the logs are called together, and the machine: `worker.log on web1`; for pages that leave it. */
	readonly subject?: string | undefined;
	/** The user's own title for the page. */
	readonly title?: string | undefined;
	/** The report of another window or group, to stand beside this one. */
	readonly against?: Report | undefined;
	/** Adds a table of groups for people, and makes one of the CSV. */
	readonly groupBy?: GroupBy | undefined;
};

/** Lines skipped or taken with doubt in all logs together, by the reason. */
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

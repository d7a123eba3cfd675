import {plural} from '../../metrics/number-words.js';
import type {Snapshot} from '../../monitor/snapshot.js';
import {formatCount, formatPercent} from '../../output/numbers.js';
import type {SourceProblem} from '../../sources/source.js';
import {sanitize} from '../../text/sanitize.js';

/** Relative tolerance: large sums of floating-point numbers are not exact to the last digit. */
const rounding = 1e-9;

/** Problems that mean that requests are missing from the numbers. */
const keptFromReading: ReadonlySet<SourceProblem['kind']> = new Set([
	'missing',
	'unreadable',
	'lost-in-truncation',
	'command-failed',
	'server-failed',
]);

/** What limits the accuracy of the numbers. Caveats are dropped last of all when rows run out. */
export const caveats = ({report: {summary}, problems}: Snapshot, isBrief = false): readonly string[] => {
	const {coverage, assumedPrices} = summary.money;
	return [
		...(summary.basis === 'planned' ? ['planned: what would be cached, not what was'] : []),
		...(problems.some(({kind}) => keptFromReading.has(kind)) ? ['not all could be read: press !'] : []),
		...(summary.unmeasured > 0
			? [
					isBrief
						? `${formatCount(summary.unmeasured)} unmeasured, in no rate`
						: `${plural(summary.unmeasured, 'request')} unmeasured: cache unknown, in no rate`,
				]
			: []),
		...(summary.estimated > 0
			? [
					isBrief
						? `${formatCount(summary.estimated)} estimated`
						: `usage of ${plural(summary.estimated, 'request')} guessed or partial`,
				]
			: []),
		...(coverage === undefined || coverage >= 1 - rounding
			? []
			: [`no price for ${formatPercent(Math.max(0.001, 1 - coverage))} of input`]),
		...(assumedPrices === undefined ? [] : [sanitize(assumedPrices)]),
	];
};

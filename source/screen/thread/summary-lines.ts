import type {BreakCause} from '../../metrics/breaks.js';
import {plural} from '../../metrics/words.js';
import {formatCount, formatMoney} from '../../output/numbers.js';
import {breakName} from '../presentation/cause-words.js';
import {policyLines} from '../presentation/policy-words.js';
import {keepWhatFits} from '../text/arrange.js';
import {flow} from '../text/flow.js';
import {joined, type Line, muted, primary, strong, styledAs} from '../text/line.js';
import type {ThreadView} from './thread-view.js';

/** `expired 3 times, prefix changed once`. */
const causesOf = ({group}: ThreadView): string => {
	const causes = new Map<BreakCause | string, number>();
	for (const found of group.breaks) {
		const name = breakName(found);
		causes.set(name, (causes.get(name) ?? 0) + 1);
	}
	return [...causes]
		.sort(([, one], [, other]) => other - one)
		.map(([name, count]) => (count === 1 ? name : `${name} ${formatCount(count)} times`))
		.join(', ');
};

const sentence = (view: ThreadView): Line => {
	const {group} = view;
	if (group.summary.basis !== 'measured' || group.summary.requests === 0) {
		return muted('The log tells what was marked for caching, not what became of it.');
	}
	if (group.name === undefined) {
		return muted('The log does not tell which thread these belong to, so nothing is known of what they lost.');
	}
	if (group.breaks.length === 0) {
		return [
			...styledAs('status.good', 'Nothing lost.'),
			...primary('Every request found in the cache what the one before it had left there.'),
		];
	}
	return [
		...styledAs('status.poor', `Lost ${group.lostCost === undefined ? '' : `${formatMoney(group.lostCost)}: `}`),
		...strong(`${formatCount(group.lostTokens)} tokens`),
		...primary(
			`were in the cache and had to be paid for again, in ${plural(group.breaks.length, 'request')}: ${causesOf(view)}.`,
		),
	];
};

/** What the thread lost and why, for who knows nothing of caching; in rows of at most `columns`. */
export const lossSentence = (view: ThreadView, columns: number): readonly Line[] => flow(sentence(view), columns);

/** The net cost under each policy, in one row; empty where it is not known. */
export const whatIfLine = ({group}: ThreadView, columns: number): Line => {
	if (!group.whatIf) {
		return [];
	}
	const parts = policyLines(group.whatIf);
	const all = [muted('Cost by cache'), ...parts];
	const kept = keepWhatFits(
		all.map((line, index) => ({line, keep: index === 0 ? 0 : Number.POSITIVE_INFINITY})),
		columns,
		3,
	);
	return joined(
		kept.map(({line}) => line),
		3,
	);
};

import {suspectsOf} from '../../metrics/breaks/suspects/suspicious.js';
import {plural} from '../../metrics/number-words.js';
import {actionOnBreak} from '../../metrics/recommendations/actions.js';
import {eventsText} from '../../output/evidence/phrases.js';
import {formatCount, formatMoney} from '../../output/numbers.js';
import type {Request} from '../../request.js';
import {breakDetail, breakName, breakSentence, certainty} from '../presentation/cause-words.js';
import {policyLines, policyNames, policyPhrases} from '../presentation/policy-words.js';
import {firstThatFits} from '../text/arrange.js';
import {flow} from '../text/flow.js';
import {joined, type Line, muted, primary, strong, styledAs} from '../text/line.js';
import {whyOf} from './request-list.js';
import type {ThreadView} from './thread-view.js';

/** `expired 3 times, prefix changed once`. */
const causesOf = ({breaks}: ThreadView): string => {
	const causes = new Map<string, number>();
	for (const found of breaks) {
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
	if (group.summary.basis !== 'measured' || group.summary.rated === 0) {
		return muted('The log tells what was marked for caching, not what became of it.');
	}
	if (group.name === undefined) {
		return muted('The log does not tell which thread these belong to, so nothing is known of what they lost.');
	}
	if (group.breaks === 0) {
		return [
			...styledAs('status.good', 'No breaks.'),
			...primary('Every request found in the cache all or nearly all that the one before it had left there.'),
		];
	}
	return [
		...styledAs('status.poor', `Lost${group.lostCost === undefined ? '' : ` ${formatMoney(group.lostCost)}`}: `),
		...strong(`${formatCount(group.lostTokens)} tokens`),
		...primary(
			`were in the cache and had to be paid for again, in ${plural(group.breaks, 'request')}: ${causesOf(view)}.`,
		),
	];
};

/** What the thread lost and why, for readers who are new to caching; in rows of at most `columns`. */
export const lossSentence = (view: ThreadView, columns: number): readonly Line[] => flow(sentence(view), columns);

/** What the input would have cost under each policy, in one row; empty if unknown. */
export const whatIfLine = ({group: {whatIf}}: ThreadView, columns: number): Line => {
	if (!whatIf) {
		return [];
	}
	const label = muted('Input cost');
	const brief = policyLines(whatIf, policyNames);
	return firstThatFits(
		[
			joined([label, ...policyLines(whatIf, policyPhrases)], 3),
			joined([label, ...brief], 3),
			joined(brief, 2),
			// Only the cheapest policy.
			joined(
				brief.filter(({length}) => length > 2),
				2,
			),
		],
		columns,
	);
};

/** What happened at the selected request and, below it, what to do about it; in rows of at most `columns`. */
export const explanation = (view: ThreadView, request: Request | undefined, columns: number): readonly Line[] => {
	if (!request) {
		return [];
	}
	const found = view.lostBy(request);
	if (!found) {
		const why = whyOf(view, request);
		return [[...strong('▸ '), ...muted(why === '' ? 'no break' : why)]];
	}
	const events = suspectsOf(request);
	const name = [...strong('▸ '), ...styledAs('status.poor', breakName(found))];
	const before = events.length === 0 ? [] : muted(` · before it: ${eventsText(events)}`);
	const detail = breakDetail(found);
	const action = actionOnBreak(found.cause, events);
	return [
		firstThatFits(
			[
				[...name, ...primary(breakSentence(found).slice(breakName(found).length)), ...before],
				[...name, ...primary(` (${certainty(found)})`), ...before, ...primary(detail === '' ? '' : ` · ${detail}`)],
			],
			columns,
		),
		...(action === undefined ? [] : flow([...muted('→'), ...primary(action)], columns)),
	];
};

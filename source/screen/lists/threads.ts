import type {Group} from '../../metrics/groups.js';
import type {Report} from '../../metrics/report/report.js';
import {formatCount} from '../../output/numbers.js';
import {sanitize} from '../../text/sanitize.js';
import {age} from '../presentation/age.js';
import {modelsPhrase} from '../presentation/model-names.js';
import {projectName} from '../presentation/project-names.js';
import {threadName} from '../presentation/thread-names.js';
import {timeLeft} from '../presentation/warm-words.js';
import {cutText} from '../text/cut.js';
import {muted, primary, strong, styledAs} from '../text/line.js';
import {groupLines, nameLine} from './group-detail.js';
import {groupFields} from './group-fields.js';
import {type Field, listingOf, type MakeListing} from './listing.js';
import {type Order, ordered} from './sort-order.js';

const widestProject = 18;
const widestModel = 24;

/** Most money lost first. */
const defaultThreadOrder: Order = {column: 'lost', reversed: false};

/** A thread's key in lists; requests without a thread have a key of their own. */
export const threadKey = (name: string | undefined): string => (name === undefined ? 'none' : `thread ${name}`);

const fieldsOf = (report: Report, now: number): readonly Field<Group>[] => {
	const warm = new Map([...report.warm.chains].reverse().map(chain => [chain.thread, chain]));
	const fields = groupFields(report.summary.basis === 'measured');
	return [
		{heading: 'thread', by: ({name}) => name ?? '', cell: ({name}) => strong(threadName(report, name))},
		{
			heading: 'project',
			keep: 2,
			by: ({projects}) => projects.at(-1),
			cell: ({projects}) => {
				const project = projects.at(-1);
				return project === undefined ? [] : primary(cutText(projectName(report, project), widestProject));
			},
		},
		{
			heading: 'models',
			keep: 1,
			by: ({models}) => models.at(-1),
			cell: ({models}) => muted(cutText(modelsPhrase(models), widestModel)),
		},
		{...fields.requests, keep: 6},
		{...fields.hitRate, keep: 8},
		{...fields.tokenHitRate, keep: 3},
		{...fields.netSaved, keep: 7},
		{...fields.lostTokens, keep: 4},
		fields.lost,
		...(warm.size === 0
			? []
			: [
					{
						heading: 'warm',
						align: 'right',
						keep: 9,
						by: ({name}) => warm.get(name ?? '')?.expires,
						cell: ({name}) => {
							const chain = name === undefined ? undefined : warm.get(name);
							return chain ? styledAs('status.good', timeLeft(chain, {report, now})) : [];
						},
					} satisfies Field<Group>,
				]),
		{
			heading: 'last seen',
			align: 'right',
			keep: 5,
			by: ({lastTime}) => lastTime,
			cell: ({lastTime}) => muted(age(lastTime, now)),
		},
	];
};

/** The threads of a report, sorted. */
export const threadsIn = (report: Report, order: Order | undefined): readonly Group[] =>
	ordered(report, 'threads', report.threads, fieldsOf(report, 0), order ?? defaultThreadOrder);

/** One row per thread. */
export const threads: MakeListing = ({report, isCounting, now}, {order = defaultThreadOrder}) => {
	const {length} = report.threads;
	return listingOf({
		sort: {report, name: 'threads', order},
		title:
			report.threadCount > length ? `Threads: ${formatCount(length)} of ${formatCount(report.threadCount)}` : 'Threads',
		empty: muted(isCounting ? 'Counting…' : 'No threads.'),
		follows: false,
		items: report.threads,
		keyOf: ({name}) => threadKey(name),
		opens: ({name}) => ({thread: name, request: undefined}),
		copies: ({name}) => name,
		detail: group => ({
			title: [group.name === undefined ? 'Requests without a thread' : sanitize(group.name)],
			lines: [
				...groupLines(group, group.name !== undefined),
				...nameLine('project', group.projects),
				...nameLine('models', group.models),
			],
		}),
		fields: fieldsOf(report, now),
	});
};

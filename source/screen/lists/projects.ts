import type {Group} from '../../metrics/groups.js';
import {knowsBreaks} from '../../output/phrases.js';
import {cutMiddle} from '../../text/cut-middle.js';
import {sanitize} from '../../text/sanitize.js';
import {age} from '../presentation/age.js';
import {projectName} from '../presentation/project-names.js';
import {muted, strong} from '../text/line.js';
import {groupLines, nameLine} from './group-detail.js';
import {groupFields} from './group-fields.js';
import {listingOf, type MakeListing} from './listing.js';

const leastName = 16;
/** Share of the width for the names of projects. */
const nameShare = 0.3;

/** One row per project, most money lost first. */
export const projects: MakeListing = ({report, now}, {columns, order = {column: 'lost', reversed: false}}) => {
	const fields = groupFields(report.summary.basis === 'measured');
	const widest = Math.max(leastName, Math.floor(columns * nameShare));
	return listingOf<Group>({
		sort: {report, name: 'projects', order},
		title: 'Projects',
		empty: muted('No projects: the log does not tell them.'),
		follows: false,
		items: report.projects,
		keyOf: ({name}) => (name === undefined ? 'none' : `project ${name}`),
		opens: ({name}) => (name === undefined ? undefined : {narrowTo: name}),
		copies: ({name}) => name,
		detail: group => ({
			title: [group.name === undefined ? 'Requests without a project' : sanitize(group.name)],
			lines: [...groupLines(group, knowsBreaks(report)), ...nameLine('models', group.models)],
		}),
		fields: [
			{
				heading: 'project',
				by: ({name}) => name ?? '',
				cell: ({name}) => strong(name === undefined ? 'n/a' : cutMiddle(projectName(report, name), widest)),
			},
			{...fields.requests, keep: 6},
			{...fields.hitRate, keep: 8},
			{...fields.tokenHitRate, keep: 3},
			{...fields.netSaved, keep: 7},
			{...fields.lostTokens, keep: 4},
			fields.lost,
			{
				heading: 'last seen',
				align: 'right',
				keep: 5,
				by: ({lastTime}) => lastTime,
				cell: ({lastTime}) => muted(age(lastTime, now)),
			},
		],
	});
};

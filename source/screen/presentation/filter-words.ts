import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import {sanitize} from '../../text/sanitize.js';

/** The last segment of a project's path, which distinguishes projects best. */
const endOf = (project: string): string => project.split(/[\\/]/).findLast(part => part !== '') ?? project;

/** `/sonnet`, `thread a1b2 /sonnet`; undefined without a filter. */
export const filterWords = (filter: Filter): string | undefined => {
	const {model, project, thread, text} = filter;
	return isEmptyFilter(filter)
		? undefined
		: [
				...Object.entries({model, project: project && endOf(project), thread}).flatMap(([what, piece]) =>
					piece ? [`${what} ${sanitize(piece)}`] : [],
				),
				...(text ? [`/${sanitize(text)}`] : []),
			].join(' ');
};

import {type Filter, isEmptyFilter} from '../../metrics/filter.js';
import {sanitize} from '../../text/sanitize.js';

/** The last part of a path, which differs most from project to project. */
const endOf = (project: string): string => project.split(/[\\/]/).findLast(part => part !== '') ?? project;

/** `/sonnet`, `thread a1b2 /sonnet`; undefined where all requests are taken. */
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

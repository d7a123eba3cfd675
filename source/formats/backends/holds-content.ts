import {utc} from '../../time/stamp.js';
import {type Around, type Content, Unwrapper} from '../wrappers/unwrap.js';
import {eachBackendLine} from './nominate.js';

/** Maximum number of candidate lines examined. */
const mostLines = 50;

/** True if one of the first lines of a log contains, inside any wrapper, content of a kind. */
export const holdsContent = (head: Buffer, isOfKind: (content: Content, around: Around) => boolean): boolean => {
	const unwrapper = new Unwrapper(utc);
	let found = false;
	let looked = 0;
	const take = (start: number, end: number): boolean | 'enough' => {
		const unwrapped = unwrapper.unwrap(head.toString('utf8', start, end), isOfKind);
		looked += unwrapped === 'waiting' ? 0 : 1;
		found = unwrapped === 'taken';
		return found || looked >= mostLines ? 'enough' : unwrapper.waiting;
	};
	eachBackendLine(head, false, null, {take});
	return found;
};

import type {KeyState} from '../../source/screen/keys/action.js';

/** A dashboard that fits its screen, in the middle of a log. */
export const keyState: KeyState = {
	covered: false,
	hasSections: false,
	typing: false,
	scrolls: false,
	selects: false,
	opensWorst: false,
	onDashboard: false,
	opens: false,
	inThread: false,
	sorts: false,
	follows: false,
	copies: false,
	narrowed: false,
	filtered: false,
	inPast: false,
	hasLength: true,
	hasData: true,
	hasProblems: false,
	hasDemo: false,
	inDemo: false,
	paused: false,
};

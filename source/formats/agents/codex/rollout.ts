import {type Counts, none} from './line.js';

/** What earlier lines of a rollout say about later ones; the empty text means unknown. */
export type Rollout = {
	session: string;
	/** The session that copied lines belong to, as far as it is known: the one in which counting started. */
	root: string;
	/** True if the first lines of other sessions were copied, so that the root is known. */
	isRootKnown: boolean;
	/** True if copies of requests preceded the session's own. */
	hasCopies: boolean;
	/** The session whose sub-agent this is. */
	parent: string;
	agent: string;
	project: string;
	branch: string;
	model: string;
	total: Counts;
	rebuilt: boolean;
	/** Counts of the latest requests from records, whose `token_count` follows when their tools have run. */
	uncounted: readonly string[];
};

/** The state before the first line of a rollout. */
export const newRollout = (): Rollout => ({
	session: '',
	root: '',
	isRootKnown: false,
	hasCopies: false,
	parent: '',
	agent: '',
	project: '',
	branch: '',
	model: '',
	total: none,
	rebuilt: false,
	uncounted: [],
});

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A past time in its largest unit: `now` (within a minute), `12 min ago`, `17 h ago`, `4 d ago`. */
export const age = (time: number, now: number): string => {
	const past = Math.max(0, now - time);
	if (past < minute) {
		return 'now';
	}
	if (past < hour) {
		return `${Math.floor(past / minute)} min ago`;
	}
	return past < 2 * day ? `${Math.floor(past / hour)} h ago` : `${Math.floor(past / day)} d ago`;
};

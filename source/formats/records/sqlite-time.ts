/** A time as SQLite's own functions write it, `YYYY-MM-DD HH:MM:SS`: it is UTC and says so nowhere. */
export const sqliteTime = (time: unknown): unknown =>
	typeof time === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?$/.test(time) ? `${time}Z` : time;

/** Matches Python's `repr` of a time, with its fields and, in short, its zone. */
const pattern =
	/datetime\.datetime\((?<fields>\d{4}(?:, \d{1,6}){2,6})(?:, fold=1)?(?:, tzinfo=(?<zone>[\w.]{1,40}(?:\((?:[^()]{0,40}|datetime\.timedelta\([^()]{0,40}\))\))?))?\)/y;

/** Minutes that a zone is ahead of UTC; undefined if that is not known. */
const minutesOf = (zone: string): number | undefined => {
	if (/utc|^TzInfo\(0\)$/i.test(zone)) {
		return 0;
	}
	const pydantic = /^TzInfo\((?<seconds>-?\d{1,5})\)$/.exec(zone)?.groups;
	if (pydantic) {
		return Number(pydantic.seconds) / 60;
	}
	const {days = '0', seconds = '0'} =
		/timedelta\((?:days=(?<days>-1)(?:, |\)))?(?:seconds=(?<seconds>\d{1,5})\))?/.exec(zone)?.groups ?? {};
	return zone.includes('timedelta') ? Number(days) * 1440 + Number(seconds) / 60 : undefined;
};

const offsetOf = (zone: string | undefined): string => {
	const minutes = zone === undefined ? undefined : minutesOf(zone);
	if (minutes === undefined) {
		return '';
	}
	const size = Math.abs(Math.trunc(minutes));
	return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
};

const pad = (number: number | string, length = 2): string => String(number).padStart(length, '0');

/**
 * The time at an index of a text as `repr` of Python prints it, in ISO 8601, and the index after it; undefined if there
 * is none. A zone whose distance from UTC is not printed is left out.
 */
export const parsePythonTime = (
	text: string,
	at: number,
): {readonly value: string; readonly end: number} | undefined => {
	pattern.lastIndex = at;
	const found = pattern.exec(text);
	if (!found) {
		return undefined;
	}
	const [year = '', month = '', day = '', hour = '0', minute = '0', second = '0', microseconds = '0'] = (
		found.groups?.fields ?? ''
	).split(', ');
	const clock = `${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(microseconds, 6)}`;
	return {
		value: `${year}-${pad(month)}-${pad(day)}T${clock}${offsetOf(found.groups?.zone)}`,
		end: at + found[0].length,
	};
};

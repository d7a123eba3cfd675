import type {Request} from '../request.js';

/** A request, and what tells its log from others. */
type InLog<Log> = {readonly request: Pick<Request, 'id' | 'time'>; readonly log: Log};

/**
 * Puts those of one time in order, whichever log was read first: by their place in their log; of different logs, by id.
 * @param arrived by time; those of one log and time as they stand in the log
 * @param timeOf told where that takes less than asking `of`, which is then asked only for those of one time
 */
export const inOrder = <One, Log>(
	arrived: readonly One[],
	of: (one: One) => InLog<Log>,
	timeOf = (one: One): number => of(one).request.time,
): readonly One[] => {
	let ordered: One[] | undefined;
	for (let first = 0; first < arrived.length; ) {
		const time = timeOf(arrived[first] as One);
		let end = first + 1;
		while (end < arrived.length && timeOf(arrived[end] as One) === time) {
			end++;
		}
		if (end - first > 1) {
			ordered ??= [...arrived];
			for (const [index, one] of tied(arrived.slice(first, end), of).entries()) {
				ordered[first + index] = one;
			}
		}
		first = end;
	}
	return ordered ?? arrived;
};

/** Requests with the same time stamp. */
const tied = <One, Log>(some: readonly One[], of: (one: One) => InLog<Log>): readonly One[] => {
	const places = new Map<Log, number>();
	return some
		.map(one => {
			const {request, log} = of(one);
			const place = places.get(log) ?? 0;
			places.set(log, place + 1);
			return {one, place, id: request.id};
		})
		.sort((one, other) => byPlace(one, other))
		.map(({one}) => one);
};

/** A place among the requests of one time: how many of its log stand before it. */
export type TiedPlace = {readonly place: number; readonly id: string};

/** Compares two requests of one time and log: by their place there, then by id. */
export const byPlace = (one: TiedPlace, other: TiedPlace): number =>
	one.place - other.place || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/** The same for what is listed: there a log goes by its name. */
export const inListOrder = <One extends {readonly request: Request}>(arrived: readonly One[]): readonly One[] =>
	inOrder(arrived, ({request}) => ({request, log: request.source}));

import type {Request} from '../request.js';

/** A request, and an identifier of its log. */
type InLog<Log> = {readonly request: Pick<Request, 'id' | 'time'>; readonly log: Log};

/**
 * Orders requests of equal time independently of which log was read first: by their order within a log, and by id
 * between logs.
 * @param arrived by time; requests of one log and time in the log's order
 * @param timeOf set if that is cheaper than calling `of`, which is then called only for requests of equal time
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

/** Orders requests of the same time. */
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

/** The position of a request among those of the same time and log, and its id. */
export type TiedPlace = {readonly place: number; readonly id: string};

/** Compares two requests of the same time: by their position in the log, then by id. */
export const byPlace = (one: TiedPlace, other: TiedPlace): number =>
	one.place - other.place || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/** Orders a list in which logs are identified by name. */
export const inListOrder = <One extends {readonly request: Request}>(arrived: readonly One[]): readonly One[] =>
	inOrder(arrived, ({request}) => ({request, log: request.source}));

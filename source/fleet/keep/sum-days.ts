import {arrayColumns, blockColumns, kinds} from '../reading/detail.js';
import {dayState, hasAllHours, hoursInDay, hoursOf, hoursOfDay, type KeptHour, sumLayout} from '../reading/hours.js';
import {rankedSql} from '../reading/ranked-sql.js';
import {generationsSql} from '../reading/selection.js';
import type {Clickhouse} from '../table/clickhouse.js';
import {laneKeys, laneSumTable, logKeys, logSumTable, threadKeys, threadSumTable} from '../table/tables.js';
import {type Column, expressionsOf, insertGenerations, namesOf, same, sameReplica} from './sum-generation.js';

const summed = (sum: string, names: readonly string[]): readonly Column[] =>
	names.map(name => [name, `${sum}(${name})`]);

/** How sums of hours are added up to those of a day. */
const added: readonly Column[] = [
	...summed('sum', ['requests']),
	...summed('min', ['first']),
	...summed('max', ['last']),
	...summed('sumForEach', ['usual']),
];

const {usual: _, ...otherArrays} = arrayColumns;
const others: readonly Column[] = [
	...added,
	...summed('sumForEach', Object.keys(otherArrays)),
	...blockColumns.map(
		(name, index): Column => [name, `tupleElement(sumMap(${blockColumns.join(', ')}), ${index + 1})`],
	),
];

/** The tables with sums of days. */
const byDay = [
	{table: laneSumTable, keys: [...laneKeys, ...kinds], columns: others},
	{table: logSumTable, keys: [...logKeys, ...kinds], columns: [...others, ...summed('max', ['received'])]},
	{table: threadSumTable, keys: threadKeys, columns: [...added, ...summed('sum', Object.keys(rankedSql))]},
] as const;

/** Adds up the sums of days that are over and whose hours all have sums. */
export const sumDays = async (
	server: Pick<Clickhouse, 'run' | 'insert'>,
	ask: (sql: string) => ReturnType<Clickhouse['rows']>,
	{present, nextGen}: {readonly present: number; readonly nextGen: () => string},
): Promise<void> => {
	const hours = await hoursOf(ask);
	const firsts = [...new Set([...hours.kept.keys()].map(hour => hour - (hour % hoursInDay)))];
	const wanted = firsts.filter(
		first => first + hoursInDay <= present && !hours.days.has(first) && hasAllHours(hours, first),
	);
	for (const first of wanted) {
		const gen = nextGen();
		const own = hoursOfDay(first).filter(hour => hours.kept.has(hour));
		const made = generationsSql(own.map(hour => [hour, (hours.kept.get(hour) as KeptHour).gen]));
		const totals = await Promise.all(
			byDay.map(async ({table, keys, columns}) => {
				const all: readonly Column[] = [
					['hour', `toUInt32(${first})`],
					['gen', `toUInt64(${gen})`],
					...keys.map(same),
					...columns,
				];
				await server.run(
					`INSERT INTO ${table} (${namesOf(all)}) SELECT ${expressionsOf(all)} FROM ${table} WHERE ${made} GROUP BY ${keys.join(', ')} ${sameReplica}`,
				);
				const [[total] = []] = await ask(`SELECT sum(requests) FROM ${table} WHERE hour = ${first} AND gen = ${gen}`);
				return Number(total);
			}),
		);
		const expected = own.flatMap(hour => hours.kept.get(hour)?.slots ?? []).reduce((sum, count) => sum + count, 0);
		if (totals.every(total => total === expected)) {
			const state = dayState(hours.states, first);
			await insertGenerations(server, [
				{hour: first, gen, hours: hoursInDay, layout: sumLayout, state, slots: [], first: 0, last: 0},
			]);
		}
	}
};

import type {Report} from '../../metrics/report/report.js';
import type {OutputContext} from '../context.js';
import {groupFigures} from '../json/figures.js';
import {type RequestRow, rowsOf} from '../json/request-row.js';
import {dollars} from '../json/values.js';
import {formatTime} from '../numbers.js';
import {groupsBy} from '../rows/group-order.js';
import {groupColumns} from './groups.js';
import {type Column, csvLine} from './table.js';

const columns: readonly Column<RequestRow>[] = [
	['time', ({request}, zone) => formatTime(request.time, zone, 'iso')],
	['type', ({type}) => type],
	['thread', ({request}) => request.thread],
	['project', ({request}) => request.project],
	['source', ({request}) => request.source],
	['host', ({request}) => request.host],
	['model', ({request}) => request.model],
	['tokens', ({tokens}) => tokens],
	['blocks', ({request}) => request.plan && new Set(request.plan.blocks.map(({number}) => number)).size],
	['block', ({block}) => block],
	['uncached', ({request}) => request.usage?.uncached],
	['cache_read', ({request}) => request.usage?.cacheRead],
	['cache_write_5m', ({request}) => request.usage?.cacheWrite5m],
	['cache_write_1h', ({request}) => request.usage?.cacheWrite1h],
	['output', ({request}) => request.usage?.output],
	['accuracy', ({request}) => request.usage?.accuracy],
	['original_cost', ({cost}) => dollars(cost?.withoutCache)],
	['cached_cost', ({cost}) => dollars(cost?.withCache)],
	['savings', ({cost}) => dollars(cost?.savings)],
	['output_cost', ({cost}) => dollars(cost?.output)],
	['lost_tokens', ({lost}) => lost?.lostTokens],
	['lost_cost', ({lost}) => dollars(lost?.lostCost)],
	['cause', ({lost}) => lost?.cause],
	['cause_detail', ({lost}) => lost?.detail],
	['id', ({request}) => request.id],
	['provisional', ({lost}) => lost && String(lost.provisional)],
];

/**
 * All requests of the window, oldest first and including unmeasured ones, with the columns of the JSON's
 * `cache_events`. With `groupBy`, one row per group instead, most expensive losses first, with the columns of the
 * JSON's groups.
 */
export const toCsv = (report: Report, {prices, zone, groupBy}: OutputContext): string => {
	if (groupBy !== undefined) {
		return tableOf(
			groupColumns(groupBy),
			groupsBy(report, groupBy).map(group => ({group, figures: groupFigures(group)})),
			zone,
		);
	}
	return tableOf(columns, rowsOf(report, prices), zone);
};

const tableOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], zone: string): string =>
	[
		csvLine(columns.map(([name]) => name)),
		...rows.map(row => csvLine(columns.map(([, cell]) => cell(row, zone)))),
	].join('');

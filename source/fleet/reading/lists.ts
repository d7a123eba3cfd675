import type {Counted} from '../../metrics/breaks/facts.js';
import {inListOrder} from '../../metrics/order.js';
import {type FleetRequest, rowSelection} from '../table/from-row.js';
import {integer} from '../table/literal.js';
import {readRows} from '../table/read-rows.js';
import {rows} from './where.js';

/** No list of a fleet is longer. */
export const mostListed = 100_000;

/** Asks for the newest rows of a condition, newest first. */
export const newestSql = (condition: string, most: number): string =>
	`SELECT ${rowSelection} FROM ${rows} WHERE ${condition} ORDER BY time DESC, place DESC LIMIT ${integer(Math.min(most, mostListed))}`;

/** The requests that `newestSql` asks for, oldest first. */
export const listFrom = (found: readonly (readonly unknown[])[]): readonly Counted[] =>
	inListOrder(readRows(found).map(shown).reverse());

/** A request as it is shown: of a machine of the fleet, and a log of that machine. */
export const shown = ({request, facts, shipper}: FleetRequest): Counted => ({
	request: {...request, host: request.host ?? shipper, source: `${shipper}:${request.source}`},
	facts,
});

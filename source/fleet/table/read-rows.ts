import type {Request} from '../../request.js';
import {boundNames} from '../../text/bound-names.js';
import {type FleetRequest, fromRow} from './from-row.js';

/**
 * Decodes rows of `rowSelection`. Rows that no shipper of this program wrote are dropped, since they may contain
 * anything.
 */
export const readRows = (rows: readonly (readonly unknown[])[]): readonly FleetRequest[] =>
	rows.flatMap(row => {
		const one = readRow(row);
		return one ? {...one, request: boundNames(one.request)} : [];
	});

const readRow = (row: readonly unknown[]): FleetRequest | undefined => {
	try {
		const one = fromRow(row);
		return isSound(one) ? one : undefined;
	} catch {
		return undefined;
	}
};

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);
const areTexts = (value: object | null | undefined): boolean =>
	value === undefined || (typeof value === 'object' && value !== null && Object.values(value).every(isText));

/** True if the decoded texts have the declared types. */
const isSound = ({request, shipper}: FleetRequest): boolean => {
	const {thread, model, project, branch, host, agent, agentId, provider, client, missReason, source} = request;
	const names = [thread, model, project, branch, host, agent, agentId, provider, client, missReason, source, shipper];
	return names.every(isText) && areTexts(request.settings) && areTexts(request.priceFactors) && isPlanned(request);
};

const isPlanned = ({plan, events = [], iterations = []}: Request): boolean =>
	Array.isArray(events) &&
	events.every(event => areTexts(event) && typeof event?.kind === 'string') &&
	Array.isArray(iterations) &&
	iterations.every(({uncached, cacheRead, cacheWrite5m, cacheWrite1h}) =>
		[uncached, cacheRead, cacheWrite5m, cacheWrite1h].every(isCount),
	) &&
	(plan?.blocks ?? []).every(({number, tokens}) => isCount(number) && (tokens === undefined || isCount(tokens))) &&
	(plan?.skipped ?? []).every(({tokens}) => tokens === undefined || isCount(tokens));

/** Decodes a name for display; text that no shipper wrote is returned unchanged. */
export const nameFrom = (text: unknown): string | undefined => {
	const written = String(text);
	if (written === '') {
		return undefined;
	}
	try {
		const name: unknown = JSON.parse(written);
		return typeof name === 'string' ? name : written;
	} catch {
		return written;
	}
};

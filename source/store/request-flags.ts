import {isMeasured} from '../metrics/measured.js';
import {accuracies, type Request, type Usage} from '../request.js';

/** Bits of the flags. SQLite stores them, so a change of their meaning is a change of the layout. */
const rebuiltFlag = 1;
const originalFlag = 2;
const replicaFlag = 4;
const planOnlyFlag = 8;
const cacheUnknownFlag = 16;
/** The log reports what was read from the cache. Redundant with the usage, but needed in SQL. */
export const measuredFlag = 32;
/** Factor of the accuracy's index, which counts from 1; 0 without usage. */
const accuracyStep = 64;

/** The boolean properties of a request, and its accuracy, as a number of nine bits. */
export const flagsOf = (request: Request): number => {
	const {usage, rebuilt, replica, planOnly} = request;
	return (
		(rebuilt ? rebuiltFlag : 0) +
		(replica === undefined ? 0 : replica ? replicaFlag : originalFlag) +
		(planOnly ? planOnlyFlag : 0) +
		(usage?.cacheUnknown ? cacheUnknownFlag : 0) +
		(isMeasured(request) ? measuredFlag : 0) +
		(usage ? (accuracies.indexOf(usage.accuracy) + 1) * accuracyStep : 0)
	);
};

/** The accuracy of its tokens; undefined without usage. */
export const accuracyOf = (flags: number): Usage['accuracy'] | undefined =>
	accuracies[Math.floor(flags / accuracyStep) - 1];

/** True if its usage says nothing about the cache. */
export const isCacheUnknown = (flags: number): true | undefined => ((flags & cacheUnknownFlag) > 0 ? true : undefined);

/** True if the log says that cached blocks were dropped. */
export const isRebuilt = (flags: number): boolean => (flags & rebuiltFlag) > 0;

/** True for a copy; undefined if unknown. */
export const isReplica = (flags: number): boolean | undefined =>
	(flags & replicaFlag) > 0 ? true : (flags & originalFlag) > 0 ? false : undefined;

/** True for a plan in a log without calls. */
export const isPlanOnly = (flags: number): true | undefined => ((flags & planOnlyFlag) > 0 ? true : undefined);

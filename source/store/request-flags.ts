import {isMeasured} from '../metrics/measured.js';
import {accuracies, type Request, type Usage} from '../request.js';

/** Bits of the flags. SQLite keeps them: a change of their meaning is another layout of the store. */
const rebuiltFlag = 1;
const originalFlag = 2;
const replicaFlag = 4;
const planOnlyFlag = 8;
const cacheUnknownFlag = 16;
/** The log tells what was read from the cache: it follows from the usage, and is there for questions in SQL. */
export const measuredFlag = 32;
/** The place of the accuracy among all, from 1 on, times this; 0 without usage. */
const accuracyStep = 64;

/** What a request says with yes or no, and how well its tokens are known, as one number of nine bits. */
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

/** How well its tokens are known; undefined without usage. */
export const accuracyOf = (flags: number): Usage['accuracy'] | undefined =>
	accuracies[Math.floor(flags / accuracyStep) - 1];

/** Whether its usage says nothing about the cache. */
export const isCacheUnknown = (flags: number): true | undefined => ((flags & cacheUnknownFlag) > 0 ? true : undefined);

/** Whether the log says that the cached blocks were dropped. */
export const isRebuilt = (flags: number): boolean => (flags & rebuiltFlag) > 0;

/** Whether it is a copy; undefined where that is not told. */
export const isReplica = (flags: number): boolean | undefined =>
	(flags & replicaFlag) > 0 ? true : (flags & originalFlag) > 0 ? false : undefined;

/** Whether it was planned, in a log that has shown no call. */
export const isPlanOnly = (flags: number): true | undefined => ((flags & planOnlyFlag) > 0 ? true : undefined);

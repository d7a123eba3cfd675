import {accuracies, type Request, type Usage} from '../../request.js';

/** Bits of the flags; the lowest two are the place of the accuracy among all. */
const accuracyBits = 3;
const usageFlag = 4;
const cacheUnknownFlag = 8;
const rebuiltFlag = 16;
const originalFlag = 32;
const replicaFlag = 64;
const planOnlyFlag = 128;

/** What a request says with yes or no, and how well its tokens are known, as one number. */
export const flagsOf = ({usage, rebuilt, replica, planOnly}: Request): number =>
	(usage ? usageFlag + accuracies.indexOf(usage.accuracy) + (usage.cacheUnknown ? cacheUnknownFlag : 0) : 0) +
	(rebuilt ? rebuiltFlag : 0) +
	(replica === undefined ? 0 : replica ? replicaFlag : originalFlag) +
	(planOnly ? planOnlyFlag : 0);

/** Whether the request has usage. */
export const hasUsage = (flags: number): boolean => (flags & usageFlag) > 0;

/** How well its tokens are known, where it has usage. */
export const accuracyOf = (flags: number): Usage['accuracy'] => accuracies[flags & accuracyBits] as Usage['accuracy'];

/** Whether its usage says nothing about the cache. */
export const isCacheUnknown = (flags: number): true | undefined => ((flags & cacheUnknownFlag) > 0 ? true : undefined);

/** Whether the log says that the cached blocks were dropped. */
export const isRebuilt = (flags: number): boolean => (flags & rebuiltFlag) > 0;

/** Whether it is a copy; undefined where that is not told. */
export const isReplica = (flags: number): boolean | undefined =>
	(flags & replicaFlag) > 0 ? true : (flags & originalFlag) > 0 ? false : undefined;

/** Whether it was planned, in a log that has shown no call. */
export const isPlanOnly = (flags: number): true | undefined => ((flags & planOnlyFlag) > 0 ? true : undefined);

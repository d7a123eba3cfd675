import {continuesThread, type Request} from '../../../request.js';
import {replaces} from '../../replaces.js';
import {inOrderOfName} from '../../thread-names.js';
import type {Kept} from '../tables/kept-rows.js';
import type {Tables} from '../tables/tables.js';
import type {Put} from './puts.js';

/**
 * Joins threads that have copies of the same requests; returns true if there were any.
 * @param puts in order of arrival @param found stored requests with the same ids
 */
export const joinCopies = (puts: readonly Put[], found: ReadonlyMap<string, Kept>, tables: Tables): boolean => {
	let isJoined = false;
	const latest = new Map<string, Request>();
	for (const {request} of puts) {
		if (request.firstLine === undefined) {
			continue;
		}
		const before = latest.get(request.id) ?? found.get(request.id)?.request;
		if (before && continuesThread(before, request)) {
			isJoined = joinThreads(before.thread as string, request.thread as string, tables) || isJoined;
		}
		if (!before || replaces(request, before)) {
			latest.set(request.id, request);
		}
	}
	return isJoined;
};

/** Joins two threads by name, and moves requests; returns true if they were different. */
export const joinThreads = (one: string, other: string, tables: Tables): boolean => {
	const {threads, requests, indices, sums, checkpoints} = tables;
	const [least, most] = inOrderOfName(threads.threadOf(one), threads.threadOf(other));
	const [whole, part] = [threads.idOf(least), threads.idOf(most)];
	if (whole === part) {
		return false;
	}
	let first: number | undefined;
	indices.need('request_thread');
	for (const kept of requests.ofThread(part)) {
		requests.setThread(kept.row, whole);
		sums.remove(kept);
		sums.add({...kept, thread: whole});
		first ??= kept.request.time;
	}
	threads.join(part, whole);
	checkpoints.set(part, undefined);
	if (first !== undefined) {
		threads.setStale(whole, first);
	}
	return true;
};

import {expect, test} from 'vitest';
import {untimed} from '../../source/request.js';
import {clientsIn} from '../../source/store/client-starts.js';
import {request} from '../support/requests.js';

test('a client is first seen with the first line of a request, also of one that ended later', () => {
	const log = {id: 'a', name: 'a'};
	const put = (parts: Parameters<typeof request>[0]) => ({kind: 'put', log, request: request(parts)}) as const;
	const changes = [
		put({client: 'one', time: 50}),
		put({client: 'one', time: 40, firstLine: 20}),
		put({client: 'one', time: 30}),
		put({client: 'two', time: 10, firstLine: 15}),
		put({client: 'three', time: untimed}),
	];
	expect([...clientsIn({changes, cursors: []})]).toEqual([
		['one', 20],
		['two', 10],
	]);
});

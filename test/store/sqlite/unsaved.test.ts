import {join} from 'node:path';
import {expect, test} from 'vitest';
import {priceList} from '../../../source/metrics/money/pricing.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import {withFolder} from '../../support/program.js';
import {requestsOfBatch, writtenLog} from './written.js';

const open = (path: string) => openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});

const putsOf = (batch: number) =>
	requestsOfBatch(batch).map(request => ({kind: 'put' as const, log: writtenLog, request}));

test('behind another process, how far a log was read is saved with its changes, also if the first try fails', () =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const [one, other] = [open(path), open(path)];
		const unsaved = () => [{log: writtenLog, cursor: {batch: 1}}];
		one.commit({changes: putsOf(0), cursors: [{log: writtenLog, cursor: {batch: 0}}]});
		one.commit({changes: putsOf(1), cursors: [], unsaved});
		expect(one.cursor(writtenLog.id)).toEqual({batch: 0});
		other.commit({changes: [], cursors: [{log: writtenLog, cursor: {batch: 7}}]});
		const notJson = {log: writtenLog, cursor: 1n};
		expect(() => one.commit({changes: putsOf(1), cursors: [notJson], unsaved})).toThrow(/BigInt/);
		one.commit({changes: putsOf(1), cursors: [], unsaved});
		expect(one.cursor(writtenLog.id)).toEqual({batch: 1});
		one.close();
		other.close();
	}));

test('an unfinished line counts no more when another process has read it whole', () =>
	withFolder(async folder => {
		const path = join(folder, 'test.db');
		const [one, other] = [open(path), open(path)];
		const [whole] = requestsOfBatch(0);
		const [pending] = requestsOfBatch(1);
		if (!(whole && pending)) {
			throw new Error('No requests');
		}
		const cut = {...whole, id: 'cut', thread: 'th'};
		one.putProvisional(writtenLog, [pending, cut], [pending]);
		expect(one.total).toBe(2);
		other.commit({changes: putsOf(2), cursors: []});
		expect(one.total).toBe(2 + putsOf(2).length);
		other.commit({changes: [{kind: 'put', log: writtenLog, request: whole}], cursors: []});
		expect(one.total).toBe(2 + putsOf(2).length);
		const ids = one
			.requests({from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, name: 'all'}, {}, 1000)
			.map(({request}) => request.id);
		expect(ids).toContain(whole.id);
		expect(ids).toContain(pending.id);
		expect(ids).not.toContain('cut');
		one.close();
		other.close();
	}));

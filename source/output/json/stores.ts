import type {StoreSummary} from '../../store/sqlite/file/upkeep.js';
import {instant} from './values.js';

const spanJson = ({span}: Pick<StoreSummary, 'span'>) => ({
	first: span ? instant(span.first) : null,
	last: span ? instant(span.last) : null,
});

/** What is kept on disk, as plain data. */
export const storesJson = (folder: string, stores: readonly StoreSummary[]) => ({
	folder,
	stores: stores.map(store => ({
		path: store.path,
		sources: store.sources,
		read_as: store.readAs === '' ? null : store.readAs,
		bytes: store.bytes,
		requests: store.requests,
		...spanJson(store),
		problem: store.problem ?? null,
		logs: store.logs.map(log => ({id: log.id, name: log.name, requests: log.requests, ...spanJson(log)})),
	})),
});

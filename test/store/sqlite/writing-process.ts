import {priceList} from '../../../source/metrics/money/pricing.js';
import {openSqliteStore} from '../../../source/store/sqlite/file/open.js';
import {requestsOfBatch, writtenLog} from './written.js';

/** A process that writes batch after batch: `node … PATH FIRST LAST`, and says a line after each. */
const [path = '', first = '0', last = '0'] = process.argv.slice(2);
const store = openSqliteStore({path, sources: ['test'], prices: priceList(), pricesFrom: 'test'});
for (let batch = Number(first); batch < Number(last); batch++) {
	store.commit({
		changes: requestsOfBatch(batch).map(request => ({kind: 'put', log: writtenLog, request})),
		cursors: [{log: writtenLog, cursor: {batch}}],
	});
	process.stdout.write(`${batch}\n`);
}
store.close();

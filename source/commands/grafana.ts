import {grafanaDashboard} from '../output/grafana/dashboard.js';
import {print} from './print.js';
import {refuseWords} from './refuse-words.js';

/** `hitrate grafana`: a dashboard for the metrics of `serve`, for import into Grafana. */
export const grafana = async (words: readonly string[]): Promise<number> => {
	refuseWords('grafana', words);
	await print(`${JSON.stringify(grafanaDashboard(), null, '\t')}\n`);
	return 0;
};

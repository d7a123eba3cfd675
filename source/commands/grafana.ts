import {grafanaDashboard} from '../output/grafana/dashboard.js';
import {print} from './print.js';

/** `hitrate grafana`: a dashboard for the metrics of `serve`, to be imported. */
export const grafana = async (): Promise<number> => {
	await print(`${JSON.stringify(grafanaDashboard(), null, '\t')}\n`);
	return 0;
};

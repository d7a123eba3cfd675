import {jsonText} from '../output/json/json.js';
import {toPricesJson} from '../output/prices/json.js';
import {pricesText} from '../output/prices/text.js';
import type {Options} from '../session/options.js';
import {print, textOptions} from './print.js';
import {readWindow} from './reading/read-window.js';

/** `hitrate prices`: the price of each model in the window and its origin, and how to set missing ones. */
export const listPrices = async (options: Options): Promise<number> => {
	const read = await readWindow(options, 'prices');
	if (!read.readAny) {
		return 3;
	}
	const {report, context, readAll} = read;
	await print(
		options.json ? jsonText(toPricesJson(report, context)) : pricesText(report, context, textOptions(options)),
	);
	return readAll ? 0 : 3;
};

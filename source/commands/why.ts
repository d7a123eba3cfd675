import {UsageError} from '../errors.js';
import {jsonText} from '../output/json/json.js';
import {toWhyJson} from '../output/why/why-json.js';
import {whyMarkdown} from '../output/why/why-markdown.js';
import {whyText} from '../output/why/why-text.js';
import type {Options} from '../session/options.js';
import {print, textOptions} from './print.js';
import {readWindow} from './read-window.js';

/** `hitrate why`: the most expensive breaks of the window, or of one thread, with all that is known of them. */
export const why = async (options: Options, share: boolean): Promise<number> => {
	if (share && options.json) {
		throw new UsageError('--share is Markdown and --json is JSON: use one of them.');
	}
	const {report, context, readAny, readAll} = await readWindow(options, 'why', {
		most: 0,
		mostBreaks: Number.POSITIVE_INFINITY,
		mostThreads: 0,
	});
	if (!readAny && !options.json) {
		return 3;
	}
	const text = options.json
		? jsonText(toWhyJson(report, context))
		: share
			? whyMarkdown(report)
			: whyText(report, context, textOptions(options));
	await print(text);
	return readAll ? 0 : 3;
};

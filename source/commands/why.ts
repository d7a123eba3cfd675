import process from 'node:process';
import {UsageError} from '../errors.js';
import {jsonText} from '../output/json/json.js';
import {toWhyJson} from '../output/why/json.js';
import {whyMarkdown} from '../output/why/markdown.js';
import {whyText} from '../output/why/text.js';
import type {Options} from '../session/options.js';
import {sanitize} from '../text/sanitize.js';
import {print, textOptions} from './print.js';
import {noSuchName} from './reading/no-such-name.js';
import {readWindow} from './reading/read-window.js';

/** `hitrate why`: the most expensive breaks of the window or of a thread, with all evidence. */
export const why = async (options: Options, share: boolean): Promise<number> => {
	if (share && options.json) {
		throw new UsageError('--share is Markdown and --json is JSON: use one of them.');
	}
	const {report, context, readAny, readAll, otherThreads} = await readWindow(options, 'why', {
		most: 0,
		mostBreaks: Number.POSITIVE_INFINITY,
		// Two of each kind: if any thread has a name, one of them does.
		mostThreads: 4,
	});
	if (!readAny && !options.json) {
		return 3;
	}
	const missing = missingThread(options.filter.thread, otherThreads);
	if (missing !== undefined) {
		process.stderr.write(`hitrate: ${sanitize(missing)}\n`);
		if (!options.json) {
			return 3;
		}
	}
	const text = options.json
		? jsonText(toWhyJson(report, context))
		: share
			? whyMarkdown(report)
			: whyText(report, context, textOptions(options));
	await print(text);
	return readAll && missing === undefined ? 0 : 3;
};

/** An error for an unknown thread with suggestions, or for one without requests in the window. */
const missingThread = (asked: string | undefined, threads: readonly string[]): string | undefined => {
	if (asked === undefined || threads.length === 0) {
		return undefined;
	}
	const piece = asked.toLowerCase();
	const held = threads.find(name => name.toLowerCase().includes(piece));
	if (held !== undefined) {
		return `thread "${held}" has no requests in this window.`;
	}
	return noSuchName('thread', asked, threads);
};

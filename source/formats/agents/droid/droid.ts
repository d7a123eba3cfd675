import {type JsonObject, objectOf} from '../../json/json-values.js';
import {optionalCount, tokensOf, toldCount, usageOfParts} from '../../records/counts.js';
import {namesOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';

/** Others call a usage so as well, but none counts what was written and thought under these names. */
const isOwn = (usage: JsonObject | undefined): boolean =>
	usage !== undefined && ('cacheCreationTokens' in usage || 'thinkingTokens' in usage);

/** Sessions of Factory's Droid: `sessions/…/<session>.settings.json` has only the sum of the session's tokens. */
export const droid = recordFormat({
	name: 'droid',
	title: 'Droid session (sums)',
	words: ['"tokenUsage"'],
	kinship: record => (isOwn(objectOf(record.tokenUsage)) ? 'own' : 'foreign'),
	isDocument: beginning =>
		/^\s*\{/.test(beginning) && /"tokenUsage":\s*\{[^{}]*"(?:cacheCreationTokens|thinkingTokens)"/.test(beginning),
	beginning: () => ({}),
	read: (settings, _state, {source, sum}) => {
		const told = objectOf(settings.tokenUsage);
		if (told) {
			const usage = usageOfParts({
				input: toldCount(told.inputTokens),
				read: toldCount(told.cacheReadTokens),
				written: optionalCount(told.cacheCreationTokens),
				output: toldCount(told.outputTokens),
			});
			sum({id: namesOf(source)[0] ?? source, thread: undefined, requests: undefined, tokens: tokensOf(usage)});
		}
	},
});

import {parseObject} from '../../json/json-line.js';
import {type JsonObject, listOf, objectOf, textOf} from '../../json/json-values.js';
import {optionalCount, tokensOf, toldCount, usageOfParts, usageOfWhole} from '../../records/counts.js';
import {folderOf} from '../../records/path.js';
import {recordFormat} from '../../records/record-format.js';
import {folderPattern, modelPattern} from './environment.js';

/**
 * Cline's `tokensIn` excludes what was read and written. That of Roo Code and its forks includes both
 * (RooCodeInc/Roo-Code, src/core/task/Task.ts: its entries have an `apiProtocol`), unless it is less than their sum.
 */
const usageOf = (request: JsonObject, source: string) => {
	const told = {
		input: toldCount(request.tokensIn),
		read: toldCount(request.cacheReads),
		written: optionalCount(request.cacheWrites),
		output: toldCount(request.tokensOut),
	};
	const isWhole = 'apiProtocol' in request || /roo-cline|zoo-code|kilo-code|bob-code/.test(source);
	return isWhole && (told.input ?? 0) >= (told.read ?? 0) + (told.written ?? 0)
		? usageOfWhole(told)
		: usageOfParts(told);
};

/** Entries with the sum of requests that were deleted when the user returned to an earlier state of the task. */
const deletions = new Set<unknown>(['deleted_api_reqs', 'api_req_deleted']);

/**
 * Tasks of Cline, Roo Code and Kilo Code in an editor: `tasks/<task>/ui_messages.json`, a list that is rewritten. An
 * entry `api_req_started` is completed in place when the answer has ended, so task and time are its identity.
 */
export const cline = recordFormat({
	name: 'cline',
	title: 'Cline task (Cline, Roo Code, Kilo Code)',
	words: ['api_req_started'],
	kinship: () => 'foreign',
	isDocument: beginning => /^\s*\[\s*\{\s*"ts":\s*\d+,\s*"type":\s*"(?:say|ask)"/.test(beginning),
	beginning: () => ({}),
	read: ({list}, _state, {source, answer, sum, event, rebuilt, sent, timeOf}) => {
		const task = folderOf(source);
		let model: string | undefined;
		let project: string | undefined;
		let mode: string | undefined;
		for (const value of listOf(list)) {
			const entry = objectOf(value) ?? {};
			const info = objectOf(entry.modelInfo);
			if (entry.say === 'condense_context') {
				rebuilt();
				event('compaction');
			} else if (entry.say === 'user_feedback' || entry.say === 'task') {
				event('new turn');
			}
			const modeNow = textOf(info?.mode);
			if (mode !== undefined && modeNow !== undefined && modeNow !== mode) {
				event('mode', modeNow);
			}
			mode = modeNow ?? mode;
			if (deletions.has(entry.say)) {
				event('rewind');
				const deleted = parseObject(textOf(entry.text) ?? '');
				if (deleted && 'tokensIn' in deleted) {
					const tokens = tokensOf(usageOf(deleted, source));
					sum({id: `${task ?? ''}:${entry.ts}`, thread: undefined, requests: undefined, tokens});
				}
			}
			if (entry.say !== 'api_req_started') {
				continue;
			}
			const request = parseObject(textOf(entry.text) ?? '');
			const prompt = textOf(request?.request) ?? '';
			model = textOf(info?.modelId) ?? modelPattern.exec(prompt)?.[1] ?? model;
			project = folderPattern.exec(prompt)?.[1] ?? project;
			const time = timeOf(entry.ts);
			sent(time);
			// A request in progress has no tokens yet.
			if (request && 'tokensIn' in request) {
				answer({
					id: `${task ?? ''}:${entry.ts}`,
					time,
					thread: task,
					project,
					model,
					provider: textOf(info?.providerId),
					failed: 'cancelReason' in request || 'streamingFailedMessage' in request,
					usage: usageOf(request, source),
				});
			}
		}
	},
});

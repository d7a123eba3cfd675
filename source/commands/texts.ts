import {flags} from '../flags/flags.js';
import {storeActions, typedVerbs, verbs} from '../flags/verbs.js';
import {namedFormats} from '../formats/names.js';
import {groupings} from '../metrics/groups.js';
import {presets} from '../metrics/windows/window.js';
import {promptTokenWords} from '../settings/prompt-tokens.js';
import {numbersTopic} from '../shell/command-line.js';
import {completions, parseShell, shells} from '../shell/completions/completions.js';
import {manual} from '../shell/manual/manual.js';
import {print} from './print.js';
import {refuseWords} from './refuse-words.js';

/** `hitrate completions SHELL`: prints a completion script. */
export const printCompletions = async (words: readonly string[]): Promise<number> => {
	const {screen: _, ...typed} = verbs;
	const line = {
		flags,
		verbs: typed,
		values: {
			window: presets,
			groupBy: groupings,
			format: namedFormats,
			promptTokens: promptTokenWords,
			export: 'file',
			logFile: 'file',
			config: 'file',
			exportDir: 'folder',
		},
		verbValues: {completions: shells, store: storeActions, help: [...typedVerbs, numbersTopic]},
	} as const;
	await print(completions(parseShell(words), line));
	return 0;
};

/** `hitrate man`: prints the manual page, for `man -l -`. */
export const printManual = async (words: readonly string[]): Promise<number> => {
	refuseWords('man', words);
	await print(manual());
	return 0;
};

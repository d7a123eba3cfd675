import {formats} from '../formats/table.js';
import {groupings} from '../metrics/groups.js';
import {presets} from '../metrics/windows/window.js';
import {completions, parseShell, shells} from '../shell/completions/completions.js';
import {flags} from '../shell/flags.js';
import {help} from '../shell/help.js';
import {manual} from '../shell/manual/manual.js';
import {print} from './print.js';
import {storeActions} from './store-actions.js';

/** `hitrate completions SHELL`: what a shell completes our words with. */
export const printCompletions = async (words: readonly string[], verbs: readonly string[]): Promise<number> => {
	const line = {
		flags,
		verbs,
		values: {
			window: presets,
			groupBy: groupings,
			format: formats.map(({name}) => name),
			promptTokens: ['included', 'excluded'],
			export: 'file',
			logFile: 'file',
			config: 'file',
			exportDir: 'folder',
		},
		verbValues: {completions: shells, store: storeActions},
		help,
	} as const;
	await print(completions(parseShell(words), line));
	return 0;
};

/** `hitrate man`: the manual page, for `man -l -`. */
export const printManual = async (): Promise<number> => {
	await print(manual(help));
	return 0;
};

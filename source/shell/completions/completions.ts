import {UsageError} from '../../errors.js';
import {bashCompletions} from './bash.js';
import type {Completed} from './completed.js';
import {fishCompletions} from './fish.js';
import {zshCompletions} from './zsh.js';

/** The shells that there are completions for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const makers: Readonly<Record<Shell, (line: Completed) => string>> = {
	bash: bashCompletions,
	zsh: zshCompletions,
	fish: fishCompletions,
};

/** The script that teaches a shell the command line. */
export const completions = (shell: Shell, line: Completed): string => makers[shell](line);

/** @throws UsageError that says which shells there are */
export const parseShell = (words: readonly string[]): Shell => {
	const [word, ...more] = words;
	const found = shells.find(shell => shell === word);
	if (!found || more.length > 0) {
		throw new UsageError(`completions: name one shell: ${shells.join(', ')}.`);
	}
	return found;
};

import {UsageError} from '../../errors.js';
import {bashCompletions} from './bash.js';
import type {Completed} from './completed.js';
import {fishCompletions} from './fish.js';
import {zshCompletions} from './zsh.js';

/** The shells for which there are completion scripts. */
export const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

const makers: Readonly<Record<Shell, (line: Completed) => string>> = {
	bash: bashCompletions,
	zsh: zshCompletions,
	fish: fishCompletions,
};

/** The completion script for a shell. */
export const completions = (shell: Shell, line: Completed): string => makers[shell](line);

/** @throws UsageError that names the supported shells */
export const parseShell = (words: readonly string[]): Shell => {
	const [word, ...more] = words;
	const found = shells.find(shell => shell === word);
	if (!found || more.length > 0) {
		throw new UsageError(`completions: name one shell: ${shells.join(', ')}.`);
	}
	return found;
};

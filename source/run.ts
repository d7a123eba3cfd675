import {lstatSync} from 'node:fs';
import process from 'node:process';
import manifest from '../package.json' with {type: 'json'};
import {UserError} from './errors.js';
import {parseCommandLine} from './shell/command-line.js';

/** A link counts as well where its target is gone: what it named is read of the store. */
const exists = (path: string): boolean => lstatSync(path, {throwIfNoEntry: false}) !== undefined;

/**
 * Runs a command line; resolves with the exit code. Help and version need nothing of what the verbs load.
 * @param argv without the program's own name
 */
export const run = async (argv: readonly string[]): Promise<number> => {
	try {
		const line = parseCommandLine(argv, exists);
		switch (line.kind) {
			case 'help': {
				const {helpText} = await import('./shell/help.js');
				process.stdout.write(helpText(line.verb));
				return 0;
			}
			case 'numbers': {
				const {numbersText} = await import('./shell/help-numbers.js');
				process.stdout.write(numbersText());
				return 0;
			}
			case 'version':
				process.stdout.write(`${manifest.version}\n`);
				return 0;
			case 'run':
				return await (await import('./commands/run-verb.js')).run(line);
		}
	} catch (error) {
		if (!(error instanceof UserError)) {
			throw error;
		}
		const {refuse} = await import('./commands/refuse.js');
		return refuse(error, argv.includes('check') && argv.includes('--nagios'));
	}
};
